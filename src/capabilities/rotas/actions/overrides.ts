import { iso, ms } from '#kernel/clock.ts';
import type { Actions } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { atLeast } from '#kernel/permissions.ts';
import { allow, forbidden, invalidField, missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import { loadRota } from '../calendar.ts';
import type { rotas } from '../contract/index.ts';
import { contradicts, instantOfLocal, refuseOverriding, refuseShape, takenOff, type Override } from '../rules/index.ts';
import { refuseOverride } from '../rules/plan.ts';
import * as store from '../store/index.ts';
import { openLayers } from './layers.ts';
import { comingPersonOf, personOf, refuseAbsent } from './person.ts';
import { one, overrideOf, rotaRow } from './shown.ts';

type Overrides = Pick<Actions<typeof rotas>, 'override' | 'removeOverride'>;

export const overrideActions: Overrides = {
  async override(ctx, { number, kind, person, instead, from, until, layerId, note }) {
    const row = await rotaRow(ctx, number);
    // Two that contradict each other may come at once: the second sees the first.
    await ctx.expect(row.id, undefined);
    const untilAt = instantOfLocal(row.zone, until);
    const refusal = refuseOverride(instantOfLocal(row.zone, from), untilAt, ctx.now);
    if (refusal) throw invalidField('until', refusal);
    if (layerId && !(await openLayers(ctx, row.id)).some((layer) => layer.id === layerId)) throw invalidField('layerId', 'This layer is not part of the rota.');
    const [comes, goes] = [await comingPersonOf(ctx, 'person', person), await personOf(ctx, 'instead', instead)];
    // What has passed is what really happened.
    const fromAt = Math.max(instantOfLocal(row.zone, from), ctx.now);
    const said: Override = { id: uuidv7(ctx.now), kind, personId: comes?.id ?? null, insteadId: goes?.id ?? null, layerId, from: fromAt, until: untilAt };
    allow(refuseShape(said));
    const { rota } = await loadRota(ctx.db, row, { from: fromAt, until: untilAt });
    allow(refuseAbsent(rota, comes, said));
    if (rota.overrides.some((other) => contradicts(said, other)))
      throw invalidField('from', 'An override of the same person in this time says otherwise. Take that one back first.');
    const refused = refuseOverriding(ctx.actor.id, atLeast(ctx.actor.role, 'lead'), { off: takenOff(rota, said), personId: said.personId });
    if (refused) throw forbidden(refused);
    const override: store.OverrideRow = {
      id: said.id,
      rotaId: row.id,
      kind,
      layerId,
      personId: said.personId,
      insteadId: said.insteadId ?? null,
      fromLocal: from,
      untilLocal: until,
      fromAt: iso(fromAt),
      untilAt: iso(untilAt),
      note,
      createdAt: iso(ctx.now),
      createdBy: ctx.actor.id,
      removedAt: null,
    };
    await store.tables(ctx.db).insertInto('rotasOverride').values(override).execute();
    await ctx.record({
      record: row.id,
      did: 'rota.overridden',
      data: { override: override.id, kind, person: override.personId, instead: override.insteadId, from: override.fromAt, until: override.untilAt },
    });
    return overrideOf(override, await refsOf(ctx.db, ctx.actor, [override.personId, override.insteadId]));
  },

  async removeOverride(ctx, { number, overrideId }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, undefined);
    const found = await store
      .tables(ctx.db)
      .selectFrom('rotasOverride')
      .selectAll()
      .where('id', '=', overrideId)
      .where('rotaId', '=', row.id)
      .where('removedAt', 'is', null)
      .executeTakeFirst();
    if (!found) throw missing('This override');
    if (ms(found.untilAt) <= ctx.now) throw invalidField('overrideId', 'This override is over. Who was on call then cannot be changed any more.');
    const lead = atLeast(ctx.actor.role, 'lead');
    if (!lead && found.createdBy !== ctx.actor.id && found.personId !== ctx.actor.id) throw forbidden('Somebody else made this override. Ask them, or ask a lead.');
    const begun = ms(found.fromAt) < ctx.now;
    await store
      .tables(ctx.db)
      .updateTable('rotasOverride')
      .set(begun ? { untilAt: iso(ctx.now) } : { removedAt: iso(ctx.now) })
      .where('id', '=', overrideId)
      .execute();
    await ctx.record({ record: row.id, did: 'rota.overrideRemoved', data: { override: overrideId } });
    return one(ctx, await rotaRow(ctx, number));
  },
};
