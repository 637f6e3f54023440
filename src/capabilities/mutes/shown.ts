import { iso, ms } from '#kernel/clock.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import { missing } from '#kernel/problem.ts';
import type { Mute, ShownWhen } from './contract.ts';
import { nextWindows, patternWords, stateOf, writeMatchers, type MuteRule, type When } from './rules/index.ts';
import * as store from './store.ts';

type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

export function shownWhen(when: When): ShownWhen {
  const until = when.until === null ? null : iso(when.until);
  if (when.kind === 'window') return { kind: 'window', from: iso(when.from), until: iso(when.until) };
  if (when.kind === 'weekly') return { kind: 'weekly', from: iso(when.from), until, weekly: { ...when.weekly, weekdays: [...when.weekly.weekdays] } };
  const intervals = when.intervals.map(({ times, weekdays, daysOfMonth, months, years, zone }) => ({
    times: [...times],
    weekdays: [...weekdays],
    daysOfMonth: [...daysOfMonth],
    months: [...months],
    years: [...years],
    zone,
  }));
  return { kind: 'intervals', from: iso(when.from), until, intervals };
}

/** The next windows of a mute, the one that runs included. */
export function shownWindows(when: When, now: number, count: number): { from: string; until: string }[] {
  return nextWindows(when, now, count).map(({ from, until }) => ({ from: iso(from), until: iso(until) }));
}

export async function shown(ctx: Seer, rows: readonly store.MuteRow[]): Promise<Mute[]> {
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.ownerId, row.continuesId]),
  );
  return rows.map((row) => {
    const when = store.whenOf(row);
    const { id, number, title, kind, remindMinutes, endedByHand, openedAt, version } = row;
    const sets: MuteRule['sets'] = row.sets;
    return {
      id,
      number,
      reason: title,
      kind,
      state: row.over ? 'over' : stateOf(when, ctx.now),
      matchers: sets.map(writeMatchers),
      when: shownWhen(when),
      pattern: patternWords(when),
      next: shownWindows(when, ctx.now, 1)[0] ?? null,
      by: refs.get(row.ownerId ?? '') ?? null,
      remindMinutes,
      endedByHand,
      continues: refs.get(row.continuesId ?? '') ?? null,
      openedAt,
      version,
    };
  });
}

export async function rowOf({ db, actor }: Pick<Seer, 'db' | 'actor'>, number: string): Promise<store.MuteRow> {
  const row = await store.byNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

export async function muteOf(ctx: Seer, number: string): Promise<Mute> {
  const [mute] = await shown(ctx, [await rowOf(ctx, number)]);
  if (!mute) throw missing(number);
  return mute;
}

/** Times as they came in: without a start they begin now; what would begin in the past begins now. */
export function begunFrom(from: string | undefined, now: number): number {
  return Math.max(from === undefined ? now : ms(from), now);
}
