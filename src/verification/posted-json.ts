// A badge that is posted as JSON, and what its text says beyond what is left of it when it has been parsed. Of two members
// of one name JSON.parse keeps the last, so a document that is read in two ways would be judged by the one alone, and come
// back as good; and what is nested without end cannot be written again (RFC 8259 §4 and §9, December 2017).
import { isObject, JSON_LIMITS, parseJson, type JsonAnswer } from '../openbadges/parse-json.ts';

/** What is around a badge, besides it. */
const ENVELOPE = {
  textLength: JSON_LIMITS.textLength + 65_536,
  depth: JSON_LIMITS.depth + 1,
  values: JSON_LIMITS.values + 100,
};

/** A request that holds a badge as an object: whether it means one thing, and keeps to the bounds of a badge. */
export function judgeEnvelope(text: string): JsonAnswer {
  return parseJson(text, ENVELOPE);
}

/**
 * The text to judge in place of a parsed body: a badge that was posted as it is, or a request whose badge means two
 * things. Nothing where the body itself says it all, or is no JSON.
 */
export function textToJudge(text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(body)) return undefined;
  if (!('input' in body)) return '@context' in body || 'type' in body ? text : undefined;
  return isObject(body['input']) && !judgeEnvelope(text).ok ? text : undefined;
}
