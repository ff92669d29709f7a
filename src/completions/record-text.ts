// The one text of a completion record: its JCS form (RFC 8785, June 2020), in which members stand in the order of their
// names. The members of a record are known, so their order is written down once; sorting those of each record anew was
// half of what its digest took, and most of what it left for the collector. The type holds that no member is forgotten:
// two records that differ in it alone would be taken for one.
import type { CompletionRecord } from './completion.ts';

type Text<T> = (value: T) => string;
type NameIn<T> = T extends unknown ? keyof T : never;
type MemberOf<T, K> = T extends unknown ? (K extends keyof T ? NonNullable<T[K]> : never) : never;

/** Strings, numbers and booleans are written as JavaScript does (RFC 8785 §3.2.2). */
const plain: Text<string | number | boolean> = (value) => JSON.stringify(value);

const listOf =
  <T>(text: Text<T>): Text<T[]> =>
  (values) =>
    `[${values.map(text).join(',')}]`;

function objectOf<T extends object>(members: { [K in NameIn<T>]: Text<MemberOf<T, K>> }): Text<T> {
  // By UTF-16 code units (§3.2.3), as JavaScript sorts.
  const sorted = Object.keys(members)
    .sort()
    .map((name) => ({ name, begin: `${JSON.stringify(name)}:`, text: members[name as never] as Text<unknown> }));
  return (value) => {
    let all = '';
    for (const { name, begin, text } of sorted) {
      const member = (value as Record<string, unknown>)[name];
      if (member !== undefined) all += (all === '' ? '{' : ',') + begin + text(member);
    }
    return all === '' ? '{}' : `${all}}`;
  };
}

type Part<K extends keyof CompletionRecord> = NonNullable<CompletionRecord[K]>;
type Learner = Part<'learner'>;

/** A record as text: the same for the same record, however its members were ordered. */
export const recordText: Text<CompletionRecord> = objectOf<CompletionRecord>({
  id: plain,
  source: plain,
  type: plain,
  learner: objectOf<Learner>({
    identifiers: listOf(
      objectOf<Learner['identifiers'][number]>({
        ...{ type: plain, value: plain, verified: plain },
        ...{ homePage: plain, name: plain },
      }),
    ),
    name: plain,
    consents: objectOf<NonNullable<Learner['consents']>>({ name: plain, listed: plain, evidence: plain }),
  }),
  activity: objectOf<Part<'activity'>>({ unit: plain, id: plain }),
  occurredAt: plain,
  sequence: plain,
  result: objectOf<Part<'result'>>({
    passed: plain,
    score: objectOf<NonNullable<Part<'result'>['score']>>({ scaled: plain, raw: plain, min: plain, max: plain }),
  }),
  evidence: listOf(objectOf<Part<'evidence'>[number]>({ category: plain, url: plain, name: plain })),
  reason: plain,
});
