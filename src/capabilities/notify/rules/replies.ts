export type Deed = 'acknowledge' | 'escalate' | 'resolve';

export type Reply =
  /** `1a`: the page with this short code on this phone. */
  | { readonly kind: 'code'; readonly code: number; readonly deed: Deed }
  /** `ack ALR-12`: the page about this record. */
  | { readonly kind: 'record'; readonly number: string; readonly deed: Deed }
  /** `a`: the page told last. */
  | { readonly kind: 'last'; readonly deed: Deed }
  | { readonly kind: 'stop' }
  | { readonly kind: 'start' }
  | { readonly kind: 'unknown' };

const DEEDS: Readonly<Record<string, Deed>> = {
  a: 'acknowledge',
  ack: 'acknowledge',
  acknowledge: 'acknowledge',
  e: 'escalate',
  esc: 'escalate',
  escalate: 'escalate',
  r: 'resolve',
  res: 'resolve',
  resolve: 'resolve',
  c: 'resolve',
  close: 'resolve',
};
const STOP = new Set(['stop', 'stopall', 'unsubscribe', 'cancel', 'end', 'quit']);
const START = new Set(['start', 'unstop', 'yes']);

/** What a text message asks for; case, quotes and spaces do not matter (rule: GoAlert `notification/twilio/sms.go`). */
export function readReply(text: string): Reply {
  const said = text.toLowerCase().replaceAll(/["'“”‘’.,!\s]/g, '');
  if (STOP.has(said)) return { kind: 'stop' };
  if (START.has(said)) return { kind: 'start' };
  const last = deedOf(said);
  if (last) return { kind: 'last', deed: last };
  const [, code, after] = /^(\d{1,4})([a-z]+)$/.exec(said) ?? [];
  const coded = deedOf(after);
  if (code !== undefined && coded) return { kind: 'code', code: Number(code), deed: coded };
  const [, word, number] = /^([a-z]+?)((?:alr|inc)-?\d{1,9}|\d{1,4})$/.exec(said) ?? [];
  const deed = deedOf(word);
  if (!deed || number === undefined) return { kind: 'unknown' };
  if (/^\d+$/.test(number)) return { kind: 'code', code: Number(number), deed };
  return { kind: 'record', number: number.toUpperCase().replace(/^([A-Z]+)-?/, '$1-'), deed };
}

const deedOf = (word: string | undefined): Deed | undefined => (word !== undefined && Object.hasOwn(DEEDS, word) ? DEEDS[word] : undefined);

/** What the keys of a phone mean (reference: GoAlert, PagerDuty). */
export function deedOfKey(digits: string): Deed | undefined {
  return ({ '4': 'acknowledge', '5': 'escalate', '6': 'resolve' } as const)[digits.trim()[0] ?? ''];
}

/** The first letter of what a button of a chat carries. */
export function deedOfLetter(letter: string): Deed | undefined {
  return ({ a: 'acknowledge', e: 'escalate', r: 'resolve' } as const)[letter];
}

const REACTIONS: readonly (readonly [RegExp, Deed])[] = [
  [/^(?:👍|👀|✋|ack\b|acknowledge)/iu, 'acknowledge'],
  [/^(?:⏫|🆙|escalate\b|esc\b)/iu, 'escalate'],
  [/^(?:✅|☑|resolve\b|close\b)/iu, 'resolve'],
];

/** What a reaction or a reply in a chat asks for. */
export function deedOfReaction(text: string): Deed | undefined {
  return REACTIONS.find(([pattern]) => pattern.test(text.trim()))?.[1];
}

/** Answers in a row that a number gets without having asked for anything that exists: two machines must not talk for ever. */
export const WRONG_ANSWERS = 5;
