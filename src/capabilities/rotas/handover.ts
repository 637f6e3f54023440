import { iso, ms } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Read } from '#kernel/desk.ts';
import { offsetAt } from '#kernel/zoned.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Window } from '#kernel/spans.ts';
import { loadRota } from './calendar.ts';
import { changesOfPeople, gapsIn, type Handover } from './rules/index.ts';
import { momentOf } from './rules/sentences.ts';
import * as store from './store/index.ts';

/** What a section of the note is asked for. */
export interface HandoverAsked {
  readonly rotaId: string;
  /** The team whose rota it is; null: a rota of everybody. */
  readonly teamId: string | null;
  /** The shift that ends, and the one that begins. */
  readonly shift: Window;
  readonly next: Window;
}

export interface HandoverSection {
  readonly title: string;
  readonly lines: readonly { readonly sentence: string; readonly record: Ref | null }[];
}

type Facts = (ctx: Read, asked: HandoverAsked) => Promise<HandoverSection>;

const registered: Facts[] = [];

/** Called once at load by a capability that has something to hand over: one section of the note. */
export function registerHandoverFacts(facts: Facts): void {
  registered.push(facts);
}

const DAY = 86_400_000;
const BACK = 100 * DAY;
const AHEAD = 100 * DAY;
const MOST_LINES = 50;

/** The handover at the instant, else the last one before now; with those before and after it. */
export async function handoverOf(ctx: Pick<Read, 'db' | 'now'>, row: store.RotaRow, at: number | undefined): Promise<{ handover: Handover; shift: Window; next: Window } | null> {
  const moment = at ?? ctx.now;
  const window = { from: moment - BACK, until: moment + AHEAD };
  const changes = changesOfPeople((await loadRota(ctx.db, row, window)).rota, window);
  const index = at === undefined ? changes.findLastIndex((one) => one.at <= ctx.now) : changes.findIndex((one) => one.at === at);
  const handover = changes[index];
  if (!handover) return null;
  const shift = { from: changes[index - 1]?.at ?? window.from, until: handover.at };
  return { handover, shift, next: { from: handover.at, until: changes[index + 1]?.at ?? window.until } };
}

/** The sections of a note: what others have to hand over, then what changes in the coming shift. */
export async function sectionsOf(ctx: Read, row: store.RotaRow, times: { shift: Window; next: Window }): Promise<HandoverSection[]> {
  const asked: HandoverAsked = { rotaId: row.id, teamId: row.teamId, ...times };
  const sections = [...(await Promise.all(registered.map((facts) => facts(ctx, asked)))), await changesAhead(ctx, row, times.next)];
  return sections.map((section) => ({ ...section, lines: section.lines.slice(0, MOST_LINES) }));
}

async function changesAhead(ctx: Read, row: store.RotaRow, next: Window): Promise<HandoverSection> {
  const { rota, overrides, swaps, temporaries, holidays } = await loadRota(ctx.db, row, next);
  const refs = await refsOf(ctx.db, ctx.actor, [...overrides.flatMap((one) => [one.personId, one.insteadId]), ...swaps.flatMap((one) => [one.byId, one.takenBy])]);
  const name = (id: string | null) => refs.get(id ?? '')?.title ?? 'nobody';
  const span = (from: string, until: string) => `${momentOf(row.zone, ms(from))} to ${momentOf(row.zone, ms(until))}`;
  const sentences = [
    ...gapsIn(rota, next).map((gap) => `Nobody is on call from ${span(iso(gap.from), iso(gap.until))}.`),
    ...overrides.map((one) => {
      const when = span(one.fromAt, one.untilAt);
      if (one.kind === 'add') return `${name(one.personId)} is on call too, ${when}.`;
      if (one.kind === 'remove') return `${name(one.insteadId)} is off call, ${when}.`;
      return `${name(one.personId)} is on call instead of ${one.insteadId ? name(one.insteadId) : 'everybody'}, ${when}.`;
    }),
    ...swaps.map((one) =>
      one.takenBy
        ? `${name(one.takenBy)} has the shift of ${name(one.byId)}, ${span(one.fromAt, one.untilAt)}.`
        : `${name(one.byId)} asks for cover, ${span(one.fromAt, one.untilAt)}; nobody has taken it.`,
    ),
    ...temporaries.map((one) => `Temporary shifts stand in for the rota, ${span(one.fromAt, one.untilAt)}.`),
    ...holidays
      .filter(({ day }) => day >= localDay(row.zone, next.from) && day <= localDay(row.zone, next.until - 1))
      .map(({ day, name: holiday }) => `${day} is a holiday: ${holiday}.`),
    ...clockChanges(row.zone, next),
  ];
  return { title: 'In the coming shift', lines: sentences.map((sentence) => ({ sentence, record: null })) };
}

const localDay = (zone: string, at: number) => iso(at + offsetAt(zone, at)).slice(0, 10);

function clockChanges(zone: string, { from, until }: Window): string[] {
  const changes: string[] = [];
  for (let at = from; at < until; at += DAY) {
    const [before, after] = [offsetAt(zone, at), offsetAt(zone, Math.min(until, at + DAY))];
    if (before !== after) changes.push(`The clocks go ${after > before ? 'forward' : 'back'} in the 24 hours from ${momentOf(zone, at)}.`);
  }
  return changes;
}
