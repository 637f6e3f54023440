import { iso, ms } from '#kernel/clock.ts';
import type { Actions } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, missing, refused } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import { loadRota } from '../calendar.ts';
import type { rotas } from '../contract/index.ts';
import { carriedOver, edited, instantOfLocal, previewOf, refuseShape, type Override, type Rota } from '../rules/index.ts';
import { refuseWindow } from '../rules/plan.ts';
import * as store from '../store/index.ts';
import { shiftOf } from './calendar.ts';
import { openLayers, rowOf } from './layers.ts';
import { personOf } from './person.ts';
import { known, rotaRow } from './shown.ts';

/** The same as the browser shows before an edit is saved, for the command line. */
export const previewActions: Pick<Actions<typeof rotas>, 'preview'> = {
  async preview(ctx, { number, from, until, layer, layerId, override }) {
    const row = await rotaRow(ctx, number);
    const window = { from: ms(from), until: ms(until) };
    allow(refuseWindow(window.from, window.until));
    if (!layer && !layerId && !override) throw refused('Say what is edited: a layer, the layer that ends, or an override.');
    const { rota } = await loadRota(ctx.db, row, window);
    let after: Rota = rota;
    const before = layerId ? (await openLayers(ctx, row.id)).find((each) => each.id === layerId) : undefined;
    if (layerId && !before) throw missing('This layer');
    if (layer || before) {
      const written = layer ? await rowOf(ctx, { rotaId: row.id, zone: row.zone, since: null }, layer) : undefined;
      const startMoved = before !== undefined && before.startLocal.slice(0, 10) !== layer?.start.slice(0, 10);
      const edit = { ...(written && { add: store.asLayer(row.zone, written) }), ...(before && { endId: before.id }), startMoved };
      const layers = edited(rota.layers, edit, ctx.now);
      after = { ...after, layers };
      if (before && written) {
        const moved = { from: before.id, to: written.id, at: layers.find((each) => each.id === before.id)?.until ?? ctx.now };
        const { ended, begun } = carriedOver(rota.overrides, moved);
        after = { ...after, overrides: [...rota.overrides.filter((one) => !ended.some(({ id }) => id === one.id)), ...ended, ...begun] };
      }
    }
    if (override) {
      const [comes, goes] = [await personOf(ctx, 'override.person', override.person), await personOf(ctx, 'override.instead', override.instead)];
      const said: Override = {
        id: uuidv7(ctx.now),
        kind: override.kind,
        personId: comes?.id ?? null,
        insteadId: goes?.id ?? null,
        layerId: override.layerId,
        from: Math.max(ctx.now, instantOfLocal(row.zone, override.from)),
        until: instantOfLocal(row.zone, override.until),
        madeAt: ctx.now,
      };
      allow(refuseShape(said));
      after = { ...after, overrides: [...after.overrides, said] };
    }
    const shown = previewOf(rota, after, { window, zone: row.zone, holidays: rota.holidays ?? [] });
    const refs = await refsOf(ctx.db, ctx.actor, [...[...shown.before, ...shown.after].flatMap((span) => [...span.value.people]), ...shown.people.map(({ personId }) => personId)]);
    const written = (windows: readonly { from: number; until: number }[]) => windows.map((one) => ({ from: iso(one.from), until: iso(one.until) }));
    return {
      before: shown.before.map((span) => shiftOf({ ...span, value: { ...span.value, swapId: null } }, refs)),
      after: shown.after.map((span) => shiftOf({ ...span, value: { ...span.value, swapId: null } }, refs)),
      differs: shown.differs.map((one) => ({ from: iso(one.from), until: iso(one.until), before: known(refs, one.before), after: known(refs, one.after) })),
      people: shown.people.flatMap(({ personId, ...loads }) => {
        const person = refs.get(personId);
        return person ? [{ person, ...loads }] : [];
      }),
      gapsMade: written(shown.gapsMade),
      gapsClosed: written(shown.gapsClosed),
    };
  },
};
