import type { Ref } from '#kernel/contract.ts';
import type { Need } from './contract.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Points of the kinds of need; time left and weight are added to them. A page always stands above what nobody was woken for. */
export const KINDS = {
  page: { points: 1000, words: 'A page waits for an answer' },
  paging: { points: 820, words: 'Pages may not arrive' },
  unanswered: { points: 810, words: 'Nobody answered a page' },
  incidentLeaderless: { points: 800, words: 'A running incident has no commander' },
  updateOverdue: { points: 700, words: 'An update of a running incident is overdue' },
  updateDue: { points: 450, words: 'An update of a running incident is due soon' },
  alert: { points: 500, words: 'An alert is not acknowledged' },
  gap: { points: 300, words: 'Nobody can be paged for a time' },
  reviewWaiting: { points: 200, words: 'A review waits' },
  actionDue: { points: 150, words: 'An action is due or overdue' },
  uncovered: { points: 120, words: 'A service has nobody behind it' },
  handover: { points: 110, words: 'A handover is not confirmed' },
  contactUntested: { points: 100, words: 'Nobody knows whether a page would arrive' },
} as const;
export type Kind = keyof typeof KINDS;

export interface Fact {
  readonly key: string;
  readonly kind: Kind;
  readonly state: Need['state'];
  readonly record: Ref | null;
  readonly title: string;
  readonly reasons: Need['reasons'];
  readonly dueAt: number | null;
  readonly action: Need['action'];
  /** Severity 1 to 4 of the incident or tier 1 to 4 of the service; null when there is none. */
  readonly weight: number | null;
}

/** Points for time left, 0 to 90: more when less is left, and most when it has passed. Never less as time goes by. */
export function urgency(dueAt: number | null, now: number): number {
  if (dueAt === null) return 0;
  const left = dueAt - now;
  if (left <= 0) return 80 + Math.min(10, Math.floor(-left / DAY));
  if (left <= 15 * MINUTE) return 75;
  if (left <= HOUR) return 60;
  if (left <= DAY) return 40;
  return left <= 3 * DAY ? 25 : left <= 7 * DAY ? 15 : 5;
}

export function timeWords(dueAt: number, now: number): string {
  const left = dueAt - now;
  const size = Math.abs(left);
  const words =
    size < MINUTE ? 'under a minute' : size < HOUR ? `${Math.floor(size / MINUTE)} min` : size < 2 * DAY ? `${Math.floor(size / HOUR)} h` : `${Math.floor(size / DAY)} days`;
  return left >= 0 ? `in ${words}` : `${words} over`;
}

/** One line with its score; the score is the sum of its parts and nothing else. */
export function needOf({ kind, weight, dueAt, ...fact }: Fact, now: number): Need {
  const late = urgency(dueAt, now);
  const scoreParts = [
    { words: KINDS[kind].words, points: KINDS[kind].points },
    ...(dueAt === null ? [] : [{ words: `Time: ${timeWords(dueAt, now)}`, points: late }]),
    ...(weight === null ? [] : [{ words: kind === 'page' || kind === 'alert' || kind === 'uncovered' ? `Tier ${weight}` : `Severity ${weight}`, points: (5 - weight) * 2 }]),
  ];
  return {
    ...fact,
    reasons: [...fact.reasons],
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    dueWords: dueAt === null ? null : timeWords(dueAt, now),
    score: scoreParts.reduce((sum, part) => sum + part.points, 0),
    scoreParts,
  };
}

/** A total order: higher score, then the earlier due, then the key. */
export function compareNeeds(a: Need, b: Need): number {
  if (a.score !== b.score) return b.score - a.score;
  const [dueA, dueB] = [a.dueAt ?? '9999', b.dueAt ?? '9999'];
  if (dueA !== dueB) return dueA < dueB ? -1 : 1;
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** The most urgent first, one line for each key. */
export function rank(facts: readonly Fact[], now: number): readonly Need[] {
  return [...new Map(facts.map((fact) => [fact.key, needOf(fact, now)])).values()].toSorted(compareNeeds);
}
