import { peopleByIds } from '#capabilities/people/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Actions, Read } from '#kernel/desk.ts';
import { allow } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import { covered, type Span, type Window } from '#kernel/spans.ts';
import type { rotas } from '../contract/index.ts';
import { loadRota, loadRotas, nowOf } from '../calendar.ts';
import { missedIn } from '../rules/cover.ts';
import { emptyShifts } from '../rules/lookahead.ts';
import { coverageOf, refuseWindow } from '../rules/plan.ts';
import { gapsIn, isEmptied, nextHandovers, resolve, shadowsIn, shiftsOf, withRequests, type Shown } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { known, overrideOf, refOfRota, rotaRow, temporaryOf } from './shown.ts';
import { swapsShown } from './swaps.ts';

type Calendar = Pick<Actions<typeof rotas>, 'now' | 'shifts' | 'handovers' | 'mine'>;

const YEAR = 400 * 86_400_000;
const MOST_ROTAS = 200;

/** Who is on call when: computed from layers and changes, never stored. */
export const calendarActions: Calendar = {
  async now({ db, actor, now }) {
    const all = await nowOf(db, actor, now);
    const active = await activeIn(
      { db },
      all.flatMap(({ found }) => found?.people ?? []),
    );
    const handovers = new Map(all.map(({ row, rota }) => [row.id, nextHandovers(rota, now, 1)[0]]));
    const refs = await refsOf(
      db,
      actor,
      all.flatMap(({ row, found }) => [row.teamId, ...(found?.people ?? []), ...(handovers.get(row.id)?.after ?? [])]),
    );
    const items = all.map(({ row, found }) => {
      const next = handovers.get(row.id);
      return {
        rota: refOfRota(row),
        team: refs.get(row.teamId ?? '') ?? null,
        people: known(refs, (found?.people ?? []).filter(active)),
        by: found?.by ?? null,
        until: next ? iso(next.at) : null,
        next: known(refs, next?.after ?? []),
        nextAt: next ? iso(next.at) : null,
      };
    });
    return { items, mine: items.filter((item) => item.people.some((p) => p.id === actor.id)).map(({ rota, until }) => ({ rota, until })) };
  },

  async shifts(ctx, { number, from, until }) {
    const row = await rotaRow(ctx, number);
    const window = { from: ms(from), until: ms(until) };
    allow(refuseWindow(window.from, window.until));
    const { rota, overrides, swaps, temporaries, holidays, absences } = await loadRota(ctx.db, row, window);
    const shown = (spans: Parameters<typeof withRequests>[0]) => withRequests(spans, rota.swaps ?? [], ctx.now);
    const result = shown(resolve({ ...rota, window }).filter(({ value }) => !isEmptied(value)));
    const layers = rota.layers.map((layer) => ({
      layerId: layer.id,
      spans: shown(resolve({ layers: [{ ...layer, shadow: false }], overrides: [], holidays: rota.holidays ?? [], window })),
    }));
    const shadows = shown(shadowsIn(rota, window));
    const ahead = { from: Math.max(ctx.now, window.from), until: window.until };
    const active = await activeIn(
      ctx,
      result.flatMap(({ value }) => value.people),
    );
    const uncovered = covered([...gapsIn(rota, window), ...(ahead.from < ahead.until ? emptyShifts(rota, ahead, active) : [])]);
    const gaps = withAbsent(uncovered, missedIn(rota, window));
    const taking = new Set([
      ...rota.layers.flatMap((layer) => layer.people.flat()),
      ...overrides.flatMap((one) => one.personId ?? []),
      ...swaps.flatMap((one) => one.takenBy ?? []),
    ]);
    const away = absences.filter(({ personId }) => taking.has(personId));
    const refs = await refsOf(ctx.db, ctx.actor, [
      ...away.map(({ personId }) => personId),
      ...[...result, ...shadows, ...layers.flatMap((layer) => layer.spans)].flatMap((span) => [...span.value.people]),
      ...overrides.flatMap((one) => [one.personId, one.insteadId]),
      ...temporaries.flatMap((one) => one.shifts.map(({ personId }) => personId)),
      ...gaps.flatMap((gap) => [...gap.absent]),
    ]);
    return {
      result: result.map((span) => shiftOf(span, refs)),
      layers: layers.map((layer) => ({ layerId: layer.layerId, shifts: layer.spans.map((span) => shiftOf(span, refs)) })),
      shadows: shadows.map((span) => shiftOf(span, refs)),
      overrides: overrides.map((one) => overrideOf(one, refs)),
      swaps: await swapsShown(ctx, swaps),
      temporaries: temporaries.map((one) => temporaryOf(one, refs)),
      absences: away.flatMap(({ id, personId, fromAt, untilAt }) => {
        const person = refs.get(personId);
        return person ? [{ id, person, from: fromAt, until: untilAt }] : [];
      }),
      gaps: gaps.map((gap) => ({ from: iso(gap.from), until: iso(gap.until), absent: known(refs, gap.absent) })),
      holidays: holidays.map(({ day, name }) => ({ day, name })),
      ...coverageOf(window, uncovered),
    };
  },

  async mine({ db, actor }, { from, until }) {
    const window = { from: ms(from), until: ms(until) };
    allow(refuseWindow(window.from, window.until));
    const { id } = actor;
    if (id === null) return { items: [] };
    const loaded = await loadRotas(db, await store.rotas(db, actor, { limit: MOST_ROTAS }), window);
    const items = loaded.flatMap(({ row, rota }) =>
      [[false, resolve({ ...rota, window })] as const, [true, shadowsIn(rota, window)] as const].flatMap(([shadow, spans]) =>
        shiftsOf(spans, id, window).map((shift) => ({ rota: refOfRota(row), from: iso(shift.from), until: iso(shift.until), shadow })),
      ),
    );
    return { items: items.toSorted((a, b) => (a.from < b.from ? -1 : 1)) };
  },

  async handovers(ctx, { number, count }) {
    const row = await rotaRow(ctx, number);
    const { rota } = await loadRota(ctx.db, row, { from: ctx.now, until: ctx.now + YEAR });
    const next = nextHandovers(rota, ctx.now, count);
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      next.flatMap((h) => [...h.before, ...h.after]),
    );
    return { items: next.map((h) => ({ at: iso(h.at), before: known(refs, h.before), after: known(refs, h.after) })) };
  },
};

/** Whoever has left is paged no more: a time of theirs alone is a gap, though the layers name them. */
async function activeIn({ db }: Pick<Read, 'db'>, ids: readonly string[]): Promise<(personId: string) => boolean> {
  const people = await peopleByIds(db, [...new Set(ids)]);
  return (id) => people.get(id)?.active === true;
}

export function shiftOf({ from, until, value }: Span<Shown>, refs: ReadonlyMap<string, Ref>) {
  return { from: iso(from), until: iso(until), people: known(refs, value.people), by: value.by, layerId: value.layerId, swapId: value.swapId };
}

/** A gap is cut where somebody's absence is why, and says whose. */
function withAbsent(gaps: readonly Window[], missed: ReturnType<typeof missedIn>): (Window & { readonly absent: readonly string[] })[] {
  return gaps.flatMap((gap) => {
    const why = missed.filter((one) => one.open && one.from < gap.until && one.until > gap.from);
    const edges = [...new Set([gap.from, gap.until, ...why.flatMap((one) => [one.from, one.until])])].filter((at) => at >= gap.from && at <= gap.until).sort((a, b) => a - b);
    return edges.slice(1).map((until, i) => ({ from: edges[i]!, until, absent: why.find((one) => one.from <= edges[i]! && one.until >= until)?.absent ?? [] }));
  });
}
