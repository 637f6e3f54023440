import type * as z from 'zod';
import { iso, ms } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { refusePermission, type Actor } from '#kernel/permissions.ts';
import { allow, invalidField, Problem } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import { affectedBy } from './affected.ts';
import { mutes, type whenInput } from './contract.ts';
import { activeSpans, endedAt, parseMatchers, refuseEdit, refuseLength, refuseSets, refuseWhen, sameWhat, stateOf, writeMatchers } from './rules/index.ts';
import type { MuteRule, When } from './rules/index.ts';
import { begunFrom, muteOf, rowOf, shown, shownWindows } from './shown.ts';
import * as store from './store.ts';
import { turn } from './turning.ts';

const LONGEST_CALENDAR = 62 * 86_400_000;
const MOST_WINDOWS = 2000;
const SHOWN_WINDOWS = 5;

export const actions: Actions<typeof mutes> = {
  async list(ctx, { limit, cursor, q, state, kind }) {
    const [after] = keyOf(cursor, 1);
    const rows = await store.list(ctx.db, ctx.actor, { q, states: state, kinds: kind, now: ctx.now, limit: limit + 1, after });
    const items = await shown(ctx, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.id]) : null };
  },

  async calendar({ db, actor }, { from, until }) {
    const window = { from: ms(from), until: ms(until) };
    if (window.until <= window.from) throw invalidField('until', 'Choose an end after the start.');
    if (window.until - window.from > LONGEST_CALENDAR) throw invalidField('until', 'Ask for 62 days at most.');
    const rows = await store.during(db, actor, { ...window, limit: MOST_WINDOWS });
    const items = rows
      .flatMap((row) => activeSpans(store.whenOf(row), window).map((span) => ({ number: row.number, reason: row.title, kind: row.kind, ...span })))
      .toSorted((a, b) => a.from - b.from || a.until - b.until);
    return { items: items.slice(0, MOST_WINDOWS).map((one) => ({ ...one, from: iso(one.from), until: iso(one.until) })), isCut: items.length > MOST_WINDOWS };
  },

  async get(ctx, { number }) {
    const row = await rowOf(ctx, number);
    const when = store.whenOf(row);
    const [mute] = await shown(ctx, [row]);
    const next = await store.continuationOf(ctx.db, row.id);
    const refusal = refusePermission(ctx.actor, 'mutes.write', mutes.permissions) ?? (row.over ? 'It is over. Make a new one instead.' : undefined);
    const long = refusal ?? (refuseLength(when, isLead(ctx.actor)) ? 'Only a lead may change one that is longer than 24 hours or comes again.' : undefined);
    return {
      mute: mute!,
      windows: shownWindows(when, ctx.now, SHOWN_WINDOWS),
      affected: copied(await affectedBy(ctx, row.sets)),
      continuedBy: next ? ((await refsOf(ctx.db, ctx.actor, [next.id])).get(next.id) ?? null) : null,
      may: { update: long ?? null, extend: long ?? null, end: refusal ?? null },
    };
  },

  async preview(ctx, { matchers, when }) {
    const wanted = when ? whenOf(when, ctx.now) : undefined;
    const whenRefused = wanted ? (refuseTimes(wanted, ctx) ?? null) : null;
    const read = readSets(matchers);
    const matchersRefused = matchers.length === 0 ? null : 'sentence' in read ? read.sentence : (refuseSets(read.sets) ?? null);
    return {
      windows: wanted && refuseWhen(wanted) === undefined ? shownWindows(wanted, ctx.now, SHOWN_WINDOWS) : [],
      affected: 'sets' in read && matchersRefused === null ? copied(await affectedBy(ctx, read.sets)) : [],
      whenRefused,
      matchersRefused,
    };
  },

  async create(ctx, { reason, kind, matchers, when, remindMinutes }) {
    const wanted = whenOf(when, ctx.now);
    const sets = setsOf(matchers);
    refuseBadTimes(wanted, ctx);
    return muteOf(ctx, await make(ctx, { reason, kind, sets, when: wanted, remindMinutes }));
  },

  async update(ctx, { number, version, reason, kind, matchers, when, remindMinutes }) {
    const row = await rowOf(ctx, number);
    await ctx.expect(row.id, version);
    if ([reason, kind, matchers, when, remindMinutes].every((one) => one === undefined)) {
      ctx.unchanged();
      return muteOf(ctx, number);
    }
    const before = store.whenOf(row);
    const wanted = when ? whenOf(when, ctx.now, before) : before;
    allow(refuseEdit(before, wanted, ctx.now));
    refuseBadTimes(before, ctx, 'long only');
    refuseBadTimes(wanted, ctx);
    const is = { kind: kind ?? row.kind, sets: matchers ? setsOf(matchers) : (row.sets as MuteRule['sets']), when: wanted };
    const to = { ...is, reason: reason ?? row.title, remindMinutes: remindMinutes === undefined ? row.remindMinutes : remindMinutes };
    if (before.from <= ctx.now && !sameWhat({ kind: row.kind, sets: row.sets, when: before }, is)) return muteOf(ctx, await continueAs(ctx, row, to));
    if (reason !== undefined) await ctx.amend(row.id, { title: reason, words: wordsOf(to.sets) });
    const isMoved = wanted.until !== before.until || to.remindMinutes !== row.remindMinutes;
    await store.update(ctx.db, row.id, { kind: to.kind, sets: to.sets, when: wanted, remindMinutes: to.remindMinutes, ...(isMoved ? { reminded: isTooLate(to, ctx.now) } : {}) });
    await ctx.record({ record: row.id, did: 'mute.changed', data: { kind: to.kind, from: iso(wanted.from), until: wanted.until === null ? null : iso(wanted.until) } });
    await turn(ctx, row.id);
    return muteOf(ctx, number);
  },

  async extend(ctx, { number, version, until }) {
    const row = await rowOf(ctx, number);
    await ctx.expect(row.id, version);
    const before = store.whenOf(row);
    const wanted: When = { ...before, until: ms(until) };
    allow(row.over ? 'It is over. Make a new one instead.' : refuseEdit(before, wanted, ctx.now));
    refuseBadTimes(before, ctx, 'long only');
    refuseBadTimes(wanted, ctx, 'all', 'until');
    await store.update(ctx.db, row.id, { when: wanted, reminded: isTooLate({ when: wanted, remindMinutes: row.remindMinutes }, ctx.now) });
    await ctx.record({ record: row.id, did: 'mute.changed', data: { kind: row.kind, from: row.startsAt, until: iso(ms(until)) } });
    await turn(ctx, row.id);
    return muteOf(ctx, number);
  },

  async end(ctx, { number, version }) {
    const row = await rowOf(ctx, number);
    await ctx.expect(row.id, version);
    const locked = await store.lock(ctx.db, row.id);
    if (locked?.over) {
      ctx.unchanged();
      return muteOf(ctx, number);
    }
    await finish(ctx, row, {});
    return muteOf(ctx, number);
  },
};

interface Wanted {
  readonly reason: string;
  readonly kind: MuteRule['kind'];
  readonly sets: MuteRule['sets'];
  readonly when: When;
  readonly remindMinutes: number | null;
}

async function make(ctx: Write, { reason, kind, sets, when, remindMinutes }: Wanted, continues?: store.MuteRow): Promise<string> {
  const until = when.until === null ? null : iso(when.until);
  const { id, number } = await ctx.open({
    id: uuidv7(ctx.now),
    kind: 'mute',
    title: reason,
    words: wordsOf(sets),
    ownerId: ctx.actor.id,
    did: 'mute.created',
    data: { kind, from: iso(when.from), until, ...(continues ? { continues: continues.number } : {}) },
  });
  await store.insert(ctx.db, {
    id,
    kind,
    sets,
    when,
    remindMinutes,
    reminded: isTooLate({ when, remindMinutes }, ctx.now),
    active: false,
    over: false,
    endedByHand: false,
    continuesId: continues?.id ?? null,
  });
  await turn(ctx, id);
  return number;
}

/** Ends the one that has begun and goes on with another from now: what was silenced until now stays as it was. */
async function continueAs(ctx: Write, row: store.MuteRow, to: Wanted): Promise<string> {
  const number = await make(ctx, { ...to, when: { ...to.when, from: ctx.now } }, row);
  await finish(ctx, row, { continuedBy: number });
  return number;
}

async function finish(ctx: Write, row: store.MuteRow, data: Readonly<Record<string, unknown>>): Promise<void> {
  await store.update(ctx.db, row.id, { when: endedAt(store.whenOf(row), ctx.now), active: false, over: true, endedByHand: true });
  await ctx.record({ record: row.id, did: 'mute.ended', data: { kind: row.kind, ...data } });
  await turn(ctx, row.id);
}

const wordsOf = (sets: MuteRule['sets']) => sets.map(writeMatchers).join(' ');
const copied = (affected: Awaited<ReturnType<typeof affectedBy>>) => affected.map((one) => ({ ...one, examples: [...one.examples] }));

/** A reminder whose time has passed already is not sent. */
function isTooLate({ when, remindMinutes }: Pick<Wanted, 'when' | 'remindMinutes'>, now: number): boolean {
  return remindMinutes !== null && when.until !== null && when.until - remindMinutes * 60_000 <= now;
}

function whenOf(input: z.output<typeof whenInput>, now: number, before?: When): When {
  const from = before && (input.from === undefined || ms(input.from) === before.from) ? before.from : begunFrom(input.from, now);
  if (input.kind === 'window') return { kind: 'window', from, until: ms(input.until) };
  const until = input.until === null ? null : ms(input.until);
  return input.kind === 'weekly' ? { kind: 'weekly', from, until, weekly: input.weekly } : { kind: 'intervals', from, until, intervals: input.intervals };
}

function isLead(actor: Actor): boolean {
  return refusePermission(actor, 'mutes.long', mutes.permissions) === undefined;
}

function refuseTimes(when: When, { actor, now }: Pick<Write, 'actor' | 'now'>): string | undefined {
  return refuseWhen(when) ?? (stateOf(when, now) === 'over' ? 'It would be over already. Choose an end from now on.' : undefined) ?? refuseLength(when, isLead(actor));
}

function refuseBadTimes(when: When, ctx: Pick<Write, 'actor' | 'now'>, what: 'all' | 'long only' = 'all', field = 'when'): void {
  const long = refuseLength(when, isLead(ctx.actor));
  if (long) throw new Problem('forbidden', long);
  const refusal = what === 'all' ? refuseTimes(when, ctx) : undefined;
  if (refusal) throw invalidField(field, refusal);
}

function readSets(matchers: readonly string[]): { readonly sets: MuteRule['sets'] } | { readonly at: number; readonly sentence: string } {
  const sets: MuteRule['sets'][number][] = [];
  for (const [at, text] of matchers.entries()) {
    const read = parseMatchers(text);
    if ('error' in read) return { at, sentence: `${read.error[0]?.toUpperCase() ?? ''}${read.error.slice(1)}.` };
    sets.push(read.matchers);
  }
  return { sets };
}

function setsOf(matchers: readonly string[]): MuteRule['sets'] {
  const read = readSets(matchers);
  if ('sentence' in read) throw invalidField(`matchers.${read.at}`, read.sentence);
  const refusal = refuseSets(read.sets);
  if (refusal) throw invalidField('matchers', refusal);
  return read.sets;
}
