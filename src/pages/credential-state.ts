// How each state of a badge is told: its sign, its word, its sentence. One table, so that page, card and picture agree.
import type { BadgeState } from './credential-view.ts';
import type { Sign } from './drawings.ts';
import type { MessageKey, Words } from './words.ts';

const STATES: Record<BadgeState, { sign: Sign; title: MessageKey; sentence: MessageKey }> = {
  valid: { sign: 'good', title: 'state.valid', sentence: 'state.valid.sentence' },
  revoked: { sign: 'bad', title: 'state.revoked', sentence: 'state.revoked.sentence' },
  superseded: { sign: 'warn', title: 'state.superseded', sentence: 'state.superseded.sentence' },
  expired: { sign: 'warn', title: 'state.expired', sentence: 'state.expired.sentence' },
  early: { sign: 'warn', title: 'state.early', sentence: 'state.early.sentence' },
  compromised: { sign: 'bad', title: 'state.compromised', sentence: 'state.compromised.sentence' },
};

/** The word of a state. */
export function stateTitle(state: BadgeState, words: Words): string {
  return words.say(STATES[state].title);
}

/** The sign of a state. */
export function stateSign(state: BadgeState): Sign {
  return STATES[state].sign;
}

/** The key of a state's sentence, which takes `day` and `issuer`. */
export function stateSentence(state: BadgeState): MessageKey {
  return STATES[state].sentence;
}
