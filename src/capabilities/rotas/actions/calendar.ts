import { iso, ms } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { allow, missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Span } from '#kernel/spans.ts';
import type { rotas } from '../contract/index.ts';
import { loadRotas, nowOf } from '../calendar.ts';
import { gapsIn, isEmptied, nextHandovers, resolve, type OnCall } from '../rules/index.ts';
import { coverage, refuseWindow } from '../rules/plan.ts';
import * as store from '../store/index.ts';

type Calendar = Pick<Actions<typeof rotas>, 'now' | 'shifts' | 'handovers'>;

/** Who is on call when: computed from layers and overrides, never stored. */
export const calendarActions: Calendar = {
  async now({ db, actor, now }) {
    const all = await nowOf(db, actor, now);
    const handovers = new Map(all.map(({ row, rota }) => [row.id, nextHandovers(rota, now, 1)[0]]));
    const refs = await refsOf(
      db,
      actor,
      all.flatMap(({ row, found }) => [...(found?.people ?? []), ...(handovers.get(row.id)?.after ?? [])]),
    );
    const items = all.map(({ row, found }) => {
      const next = handovers.get(row.id);
      return {
        rota: rotaRef(row),
        people: known(refs, found?.people ?? []),
        by: found?.by ?? null,
        until: next ? iso(next.at) : null,
        next: known(refs, next?.after ?? []),
        nextAt: next ? iso(next.at) : null,
      };
    });
    return { items, mine: items.filter((item) => item.people.some((p) => p.id === actor.id)).map(({ rota, until }) => ({ rota, until })) };
  },

  async shifts(ctx, { number, from, until }) {
    const { db, actor } = ctx;
    const row = await rotaRow(ctx, number);
    const window = { from: ms(from), until: ms(until) };
    allow(refuseWindow(window.from, window.until));
    const [loaded] = await loadRotas(db, [row], window);
    const rota = loaded?.rota ?? { layers: [], overrides: [] };
    const result = resolve({ ...rota, window }).filter(({ value }) => !isEmptied(value));
    const layers = rota.layers.map((layer) => ({ layerId: layer.id, spans: resolve({ layers: [{ ...layer, shadow: false }], overrides: [], window }) }));
    const overrides = await store.overridesOf(db, [row.id], { from, until });
    const refs = await refsOf(
      db,
      actor,
      [...result, ...layers.flatMap((l) => l.spans)].flatMap((s) => [...s.value.people]).concat(overrides.flatMap((o) => (o.personId ? [o.personId] : []))),
    );
    return {
      result: result.map((s) => shiftOf(s, refs)),
      layers: layers.map((l) => ({ layerId: l.layerId, shifts: l.spans.map((s) => shiftOf(s, refs)) })),
      overrides: overrides.map((o) => overrideOf(o, refs)),
      gaps: gapsIn(rota, window).map((g) => ({ from: iso(g.from), until: iso(g.until) })),
      ...coverage(rota, window),
    };
  },

  async handovers(ctx, { number, count }) {
    const row = await rotaRow(ctx, number);
    const [loaded] = await loadRotas(ctx.db, [row], { from: ctx.now, until: ctx.now + 400 * 86_400_000 });
    const next = loaded ? nextHandovers(loaded.rota, ctx.now, count) : [];
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      next.flatMap((h) => [...h.before, ...h.after]),
    );
    return { items: next.map((h) => ({ at: iso(h.at), before: known(refs, h.before), after: known(refs, h.after) })) };
  },
};

export type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

export async function rotaRow({ db, actor }: Seer, number: string): Promise<store.RotaRow> {
  const row = await store.rotaByNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

export function known(refs: ReadonlyMap<string, Ref>, ids: readonly string[]): Ref[] {
  return ids.map((id) => refs.get(id)).filter((ref): ref is Ref => ref !== undefined);
}

function shiftOf({ from, until, value }: Span<OnCall>, refs: ReadonlyMap<string, Ref>) {
  return { from: iso(from), until: iso(until), people: known(refs, value.people), by: value.by, layerId: value.layerId };
}

export function overrideOf(row: store.OverrideRow, refs: ReadonlyMap<string, Ref>) {
  return {
    id: row.id,
    person: refs.get(row.personId ?? '') ?? null,
    layerId: row.layerId,
    fromLocal: row.fromLocal,
    untilLocal: row.untilLocal,
    from: row.fromAt,
    until: row.untilAt,
    note: row.note,
  };
}

function rotaRef(row: store.RotaRow): Ref {
  return { id: row.id, kind: 'rota', number: row.number, title: row.title };
}
