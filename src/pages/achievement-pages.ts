// The pages of what can be earned: a track as a trail with its modules and units in their order, and a module's badge.
// The words of the catalogue are English and marked so; everything around them is in the visitor's language.
import { currentTracks, STEPS, type Awardable } from '../tracks/catalogue.ts';
import { childrenOf, requiredOf, unitsOf, type Requirement } from '../tracks/requirement.ts';
import type { Module, Track } from '../tracks/track.ts';
import type { AlignmentTarget, Unit } from '../tracks/unit.ts';
import { html, outsideLink, type Html } from './html.ts';
import type { Page } from './layout.ts';
import type { Site } from './send-page.ts';
import type { Words } from './words.ts';

const english = (text: string): Html => html`<span lang="en" dir="auto">${text}</span>`;

function picture(key: string, sizePx: number): Html {
  return html`<img
    class="badge-picture"
    src="/achievements/${key}/image.svg"
    width="${sizePx}"
    height="${sizePx}"
    alt=""
  />`;
}

/** The list of tracks. */
export function achievementsPage(_site: Site, words: Words): Page {
  return {
    kind: 'achievements',
    title: words.say('achievements.title'),
    description: words.say('achievements.lead'),
    path: '/achievements',
    indexed: true,
    body: html`<h1>${words.say('achievements.title')}</h1>
      <p class="lead">${words.say('achievements.lead')}</p>
      <ul class="track-cards">
        ${currentTracks().map(
          (track) =>
            html`<li class="card">
              ${picture(track.id, 128)}
              <div>
                <h2><a href="/achievements/${track.id}">${english(track.title)}</a></h2>
                <p lang="en" dir="auto">${track.description}</p>
                <p class="note">
                  ${words.say('track.units', { count: track.units.length })} ·
                  ${words.say('track.modules', { count: track.modules.length })} ·
                  ${words.say('track.version', { version: track.version })}
                </p>
              </div>
            </li>`,
        )}
      </ul>`,
  };
}

function unitLine(unit: Unit, asked: ReadonlySet<string>, words: Words): Html {
  const counts = asked.has(unit.key) ? '' : html` <span class="tag">${words.say('track.optional')}</span>`;
  if (!unit.outcomes)
    return html`<li class="unit" id="${unit.key}"><span class="unit-title">${english(unit.title)}</span>${counts}</li>`;
  return html`<li class="unit" id="${unit.key}">
    <details>
      <summary><span class="unit-title">${english(unit.title)}</span>${counts}</summary>
      <p lang="en" dir="auto">${unit.summary}</p>
      <ul class="outcomes" lang="en" dir="auto">
        ${unit.outcomes.map((one) => html`<li>${one}</li>`)}
      </ul>
    </details>
  </li>`;
}

function moduleStage(track: Track, module: Module, asked: ReadonlySet<string>, words: Words): Html {
  const units = track.units.filter((unit) => module.units.includes(unit.key));
  const title = track.badges.modules
    ? html`<a href="/achievements/${track.id}/${module.id}">${english(module.title)}</a>`
    : english(module.title);
  return html`<li class="laid">
    <h3>${title}</h3>
    <p lang="en" dir="auto">${module.summary}</p>
    <ol class="units">
      ${units.map((unit) => unitLine(unit, asked, words))}
    </ol>
  </li>`;
}

function requirementLine(node: Requirement, words: Words): Html {
  const children = childrenOf(node);
  const required = requiredOf(node);
  const title = english(node.title ?? '');
  if (children.length === 0) return html`<li>${title}</li>`;
  const count =
    required === children.length
      ? words.say('need.all', { count: children.length })
      : words.say('need.some', { required, total: children.length });
  return html`<li>${title}: ${count}</li>`;
}

function requirementSection(requirement: Requirement, words: Words): Html {
  return html`<section class="card">
    <h2>${words.say('need.title')}</h2>
    <p>${words.say('need.explanation')}</p>
    <ol class="needs">
      ${childrenOf(requirement).map((node) => requirementLine(node, words))}
    </ol>
  </section>`;
}

function stepSection(requirement: Requirement, words: Words): Html {
  const steps = [...unitsOf(requirement)].flatMap((key) => STEPS.get(key) ?? []);
  if (steps.length === 0) return html``;
  return html`<section class="card">
    <h2>${words.say('step.title')}</h2>
    <dl class="steps" lang="en" dir="auto">
      ${steps.map(
        (step) =>
          html`<div>
            <dt>${step.title}</dt>
            <dd>${step.description}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

function alignmentSection(targets: readonly AlignmentTarget[], words: Words): Html {
  if (targets.length === 0) return html``;
  return html`<section class="card">
    <h2>${words.say('alignment.title')}</h2>
    <p>${words.say('alignment.explanation')}</p>
    <ul>
      ${targets.map(
        (target) =>
          html`<li>
            ${outsideLink(target.targetUrl, english(target.targetName))}${target.targetFramework ? html` <span class="tag">${target.targetFramework}</span>` : ''}
          </li>`,
      )}
    </ul>
  </section>`;
}

function sourceSection(track: Track, words: Words): Html {
  return html`<section class="card">
    <h2>${words.say('source.title')}</h2>
    <p>
      ${words.rich('source.text', {
        source: outsideLink(
          track.source.repository,
          html`<bdi>${track.source.repository.replace('https://github.com/', '')}</bdi>`,
        ),
        license: outsideLink('https://creativecommons.org/licenses/by/4.0/', html`<bdi>CC BY 4.0</bdi>`),
      })}
    </p>
    <dl class="codes">
      <div>
        <dt>${words.say('source.version')}</dt>
        <dd>${track.id} ${track.version}</dd>
      </div>
      <div>
        <dt>${words.say('source.digest')}</dt>
        <dd><code>${track.digest}</code></dd>
      </div>
    </dl>
  </section>`;
}

function distinct(targets: readonly AlignmentTarget[]): AlignmentTarget[] {
  return [...new Map(targets.map((target) => [target.targetUrl, target])).values()];
}

/** The page of a track, which is the page of its certificate. */
export function trackPage(track: Track, _site: Site, words: Words): Page {
  const asked = unitsOf(track.requirement);
  const alignment = distinct([
    ...(track.alignment ?? []),
    ...track.modules.flatMap((module) => module.alignment ?? []),
  ]);
  const path = `/achievements/${track.id}`;
  return {
    kind: 'track',
    title: track.title,
    description: track.description,
    path,
    indexed: true,
    head: html`<link rel="alternate" type="application/ld+json" href="${path}" /> `,
    body: html`<p class="crumbs"><a href="/achievements">${words.say('achievements.title')}</a></p>
      <div class="badge-head">
        ${picture(track.id, 240)}
        <div>
          <h1>${english(track.title)}</h1>
          <p class="lead" lang="en" dir="auto">${track.description}</p>
          <p lang="en" dir="auto">${track.audience}</p>
        </div>
      </div>
      <section class="card">
        <h2>${words.say('outcome.title')}</h2>
        <ul class="outcomes" lang="en" dir="auto">
          ${track.outcomes.map((one) => html`<li>${one}</li>`)}
        </ul>
      </section>
      ${requirementSection(track.requirement, words)}
      <section class="card">
        <h2>${words.say('track.trail')}</h2>
        <p>${words.say('track.trail.explanation')}</p>
        <ol class="trail trail-track">
          ${track.modules.map((module) => moduleStage(track, module, asked, words))}${track.groups.map(
            (group) =>
              html`<li class="laid">
                <h3>${english(group.title)}</h3>
                <ol class="units">
                  ${track.units.filter((unit) => group.units.includes(unit.key)).map((unit) => unitLine(unit, asked, words))}
                </ol>
              </li>`,
          )}
        </ol>
      </section>
      ${[stepSection(track.requirement, words), alignmentSection(alignment, words), sourceSection(track, words)]}`,
  };
}

/** The page of a module's badge. */
export function modulePage(track: Track, awardable: Awardable, _site: Site, words: Words): Page {
  const module = track.modules.find((one) => one.id === awardable.moduleId)!;
  const units = track.units.filter((unit) => module.units.includes(unit.key));
  const asked = unitsOf(awardable.requirement);
  const path = `/achievements/${awardable.key}`;
  return {
    kind: 'track',
    title: awardable.title,
    description: module.summary,
    path,
    indexed: true,
    head: html`<link rel="alternate" type="application/ld+json" href="${path}" /> `,
    body: html`<p class="crumbs">
        <a href="/achievements">${words.say('achievements.title')}</a> ›
        <a href="/achievements/${track.id}">${english(track.title)}</a>
      </p>
      <div class="badge-head">
        ${picture(awardable.key, 240)}
        <div>
          <h1>${english(awardable.title)}</h1>
          <p class="lead" lang="en" dir="auto">${module.summary}</p>
        </div>
      </div>
      ${requirementSection(awardable.requirement, words)}
      <section class="card">
        <h2>${words.say('track.unitList')}</h2>
        <ol class="units">
          ${units.map((unit) => unitLine(unit, asked, words))}
        </ol>
      </section>
      ${[stepSection(awardable.requirement, words), alignmentSection(module.alignment ?? [], words), sourceSection(track, words)]}`,
  };
}
