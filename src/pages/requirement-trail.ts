// A requirement drawn as a trail: what was asked, stone by stone, and by which completion each stone was laid.
// Of a completion it names the day and the platform, as the public award record does; never the person.
import { foreign, html, type Html } from './html.ts';
import type { VerdictNode } from '../tracks/evaluate.ts';
import type { MessageKey, Words } from './words.ts';

const WAY: Record<string, MessageKey> = {
  completed: 'trail.completed',
  passed: 'trail.passed',
  waived: 'trail.waived',
  attended: 'trail.attended',
};

function sourceName(source: string): string {
  return URL.canParse(source) ? new URL(source).host || source : source;
}

function leaf(node: VerdictNode, words: Words): Html {
  const by = node.satisfiedBy?.[0];
  const met = by
    ? html`<span class="trail-why"
        >${words.rich(WAY[by.type] ?? 'trail.completed', {
          day: html`<time datetime="${by.occurredAt}">${words.day(by.occurredAt)}</time>`,
          source: foreign(sourceName(by.source), 80),
        })}</span
      >`
    : html`<span class="trail-why">${words.say('trail.open')}</span>`;
  return html`<li class="${node.complete ? 'laid' : 'open'}">
    <span class="trail-title" lang="en" dir="auto">${node.title}</span> ${met}
  </li>`;
}

function leavesOf(node: VerdictNode): VerdictNode[] {
  return node.children ? node.children.flatMap(leavesOf) : [node];
}

function stage(node: VerdictNode, words: Words): Html {
  if (!node.children) return leaf(node, words);
  // Of a choice, what was not chosen says nothing of the earner.
  const leaves = leavesOf(node).filter((one) => one.complete || !node.complete);
  const count = words.say(node.complete ? 'trail.met' : 'trail.part', { done: node.done, required: node.required });
  return html`<li class="${node.complete ? 'laid' : 'open'}">
    <details>
      <summary>
        <span class="trail-title" lang="en" dir="auto">${node.title}</span> <span class="trail-count">${count}</span>
      </summary>
      <ul class="trail-leaves">
        ${leaves.map((one) => leaf(one, words))}
      </ul>
    </details>
  </li>`;
}

/** The trail of a verdict. */
export function requirementTrail(root: VerdictNode, words: Words): Html {
  return html`<ol class="trail">
    ${(root.children ?? [root]).map((node) => stage(node, words))}
  </ol>`;
}
