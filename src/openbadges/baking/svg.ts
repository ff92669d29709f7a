// A badge inside an SVG: one element in the namespace of Open Badges, directly after the opening <svg> tag.
//
// The picture is edited as text, never parsed and written anew, so that nothing in it changes but the one element.
// A badge is found by its namespace, not by its prefix, because a prefix may be called anything.
//
// Open Badges 3.0 (1EdTech, April 2025) §5.3.2; older: Badge Baking for Open Badges 2.0 (12 April 2018), CLR 2.0.

import {
  bakedForm,
  isCompactJws,
  MOST_TEXT_BYTES,
  refuseBaked,
  refuseEmpty,
  refuseImage,
  type Baked,
  type BakedStandard,
} from './baked-text.ts';
import { contentOf, decodeEntities, startTagsOf, type StartTag } from './xml-scan.ts';

const OB3 = 'https://purl.imsglobal.org/ob/v3p0';
const ELEMENTS: readonly { namespace: string; localName: string; standard: BakedStandard }[] = [
  { namespace: OB3, localName: 'credential', standard: 'ob3' },
  { namespace: 'https://purl.imsglobal.org/clr/v2p0', localName: 'credential', standard: 'clr2' },
  { namespace: 'http://openbadges.org', localName: 'assertion', standard: 'ob2' },
];

/** A picture with fonts and photographs inside may be large, but not without end. */
const MOST_SVG_LENGTH = 20 * 1024 * 1024;

function standardOf(tag: StartTag): BakedStandard | undefined {
  return ELEMENTS.find((one) => one.namespace === tag.namespace && one.localName === tag.localName)?.standard;
}

function boundLength(svg: string): void {
  if (svg.length > MOST_SVG_LENGTH) refuseImage(`The SVG is longer than ${MOST_SVG_LENGTH} characters.`);
}

function readBadge(svg: string, tag: StartTag, standard: BakedStandard): Baked {
  const verify = decodeEntities(tag.attributes.get('verify') ?? '').trim();
  // Open Badges 2 puts the assertion's URL into `verify` beside the JSON; a JWS there is the badge itself.
  const text =
    verify !== '' && (standard !== 'ob2' || isCompactJws(verify)) ? verify : contentOf(svg, tag).trim() || verify;
  if (text.length > MOST_TEXT_BYTES) refuseImage(`The badge in the SVG is longer than ${MOST_TEXT_BYTES} characters.`);
  if (text === '') refuseEmpty('The badge element of this SVG is empty.');
  return { text, standard };
}

/**
 * Takes the badge out of an SVG.
 * Takes the document; gives the text and the standard it is of: Open Badges 3 before CLR 2 before Open Badges 2, and of
 * one kind the first element. Throws ERR_OB_IMAGE_MALFORMED, or ERR_OB_IMAGE_EMPTY when there is none. (§5.3.2.2)
 */
export function unbakeSvg(svg: string): Baked {
  boundLength(svg);
  const found = new Map<BakedStandard, StartTag>();
  let root: StartTag | undefined;
  for (const tag of startTagsOf(svg)) {
    root ??= tag;
    const standard = standardOf(tag);
    if (standard !== undefined && !found.has(standard)) found.set(standard, tag);
  }
  if (root?.localName !== 'svg') refuseImage('This is not an SVG.');
  for (const { standard } of ELEMENTS) {
    const tag = found.get(standard);
    if (tag) return readBadge(svg, tag, standard);
  }
  return refuseEmpty('There is no badge in this SVG.');
}

// What XML 1.0 §2.2 cannot hold, and a JSON string can: written as the JSON escape, which is the same JSON.
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

function asCdata(json: string): string {
  const sayable = json.replace(NOT_XML, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  // "]]>" would end the section: it is cut between two sections, which every XML parser joins again.
  return `<![CDATA[${sayable.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/**
 * Puts a badge into an SVG.
 * Takes the document and the JSON document or compact JWS; gives the document with one `openbadges:credential` after
 * the <svg> tag: a JWS in its `verify` attribute, JSON in a CDATA section. Throws ERR_OB_IMAGE_BAKED when one is in it,
 * ERR_OB_IMAGE_MALFORMED for what is no SVG or no badge. (§5.3.2.1)
 */
export function bakeSvg(svg: string, text: string): string {
  boundLength(svg);
  const form = bakedForm(text);
  let root: StartTag | undefined;
  for (const tag of startTagsOf(svg)) {
    root ??= tag;
    if (standardOf(tag) !== undefined) refuseBaked();
  }
  if (root?.localName !== 'svg') refuseImage('This is not an SVG.');
  const bound = root.lookUp('openbadges');
  const declaration = ` xmlns:openbadges="${OB3}"`;
  // A prefix that means something else in this picture keeps its meaning; ours is then bound on our element alone.
  const [onRoot, onBadge] = bound === undefined ? [declaration, ''] : bound === OB3 ? ['', ''] : ['', declaration];
  const badge =
    form === 'jws'
      ? `<openbadges:credential${onBadge} verify="${text}"/>`
      : `<openbadges:credential${onBadge}>${asCdata(text)}</openbadges:credential>`;
  const tagEnd = root.end - (root.selfClosing ? 2 : 1);
  const opening = `${svg.slice(0, tagEnd).trimEnd()}${onRoot}>${badge}`;
  return root.selfClosing ? `${opening}</${root.name}>${svg.slice(root.end)}` : opening + svg.slice(root.end);
}
