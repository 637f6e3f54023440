import { iso, ms } from '#kernel/clock.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, invalidField } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Window } from '#kernel/spans.ts';
import { loadRota } from '../calendar.ts';
import type { rotas } from '../contract/index.ts';
import { instantOfLocal } from '../rules/index.ts';
import { refuseOverride } from '../rules/plan.ts';
import { merged, without, type Stand } from '../rules/temporary.ts';
import * as store from '../store/index.ts';
import { comingPersonOf, refuseAbsent } from './person.ts';
import { rotaRow, temporaryOf } from './shown.ts';

type Temporaries = Pick<Actions<typeof rotas>, 'setTemporary' | 'clearTemporary'>;

export const temporaryActions: Temporaries = {
  async setTemporary(ctx, { number, from, until, shifts, note }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, undefined);
    const window = windowOf(row.zone, { from, until }, ctx.now);
    const { rota } = await loadRota(ctx.db, row, window);
    const asked = [];
    for (const [place, shift] of shifts.entries()) {
      const person = await comingPersonOf(ctx, `shifts.${place}.person`, shift.person);
      const own = { from: instantOfLocal(row.zone, shift.from), until: instantOfLocal(row.zone, shift.until) };
      if (own.until <= own.from) throw invalidField(`shifts.${place}.until`, 'Until is before From.');
      if (own.until <= window.from || own.from >= window.until) throw invalidField(`shifts.${place}.from`, 'This shift lies outside of the time that is replaced.');
      allow(refuseAbsent(rota, person, own));
      asked.push({ personId: person.id, ...own });
    }
    // One that touches others takes them in, so that there is never more than one at a time.
    const others = await touching(ctx, row.id, window);
    const [whole] = merged([...others.map(standOf), { ...window, shifts: asked }]);
    await replace(ctx, { rotaId: row.id, rows: others, by: whole ? [whole] : [], note });
    await ctx.record({ record: row.id, did: 'rota.temporary', data: { from: iso(window.from), until: iso(window.until) } });
    const [made] = await touching(ctx, row.id, window);
    if (!made) throw new Error('temporary shifts were set and are not there');
    return temporaryOf(
      made,
      await refsOf(
        ctx.db,
        ctx.actor,
        made.shifts.map(({ personId }) => personId),
      ),
    );
  },

  async clearTemporary(ctx, { number, from, until }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, undefined);
    const window = windowOf(row.zone, { from, until }, ctx.now);
    const others = await touching(ctx, row.id, window);
    if (others.length === 0) ctx.unchanged();
    else {
      await replace(ctx, { rotaId: row.id, rows: others, by: without(others.map(standOf), window), note: others[0]?.note ?? '' });
      await ctx.record({ record: row.id, did: 'rota.temporaryCleared', data: { from: iso(window.from), until: iso(window.until) } });
    }
    const left = (await loadRota(ctx.db, row, { from: ctx.now, until: window.until + 366 * 86_400_000 })).temporaries;
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      left.flatMap((one) => one.shifts.map(({ personId }) => personId)),
    );
    return { items: left.map((one) => temporaryOf(one, refs)) };
  },
};

/** From now on at the earliest: the past stays as it was. */
function windowOf(zone: string, typed: { readonly from: string; readonly until: string }, now: number): Window {
  const [from, until] = [instantOfLocal(zone, typed.from), instantOfLocal(zone, typed.until)];
  const refusal = refuseOverride(from, until, now);
  if (refusal) throw invalidField('until', refusal);
  return { from: Math.max(from, now), until };
}

const touching = async (ctx: Write, rotaId: string, window: Window) => store.temporariesOf(ctx.db, [rotaId], { from: iso(window.from), until: iso(window.until) });

const standOf = (row: store.TemporaryRow): Stand => store.asTemporary(row);

/** What has begun is cut at now and stays in the past as it was; the rest is written anew. */
async function replace(ctx: Write, what: { rotaId: string; rows: readonly store.TemporaryRow[]; by: readonly Stand[]; note: string }): Promise<void> {
  for (const row of what.rows) {
    const begun = ms(row.fromAt) < ctx.now;
    await store
      .tables(ctx.db)
      .updateTable('rotasTemporary')
      .set(begun ? { untilAt: iso(ctx.now) } : { removedAt: iso(ctx.now) })
      .where('id', '=', row.id)
      .execute();
  }
  for (const stand of without(what.by, { from: -Infinity, until: ctx.now })) {
    const shifts = stand.shifts.map(({ personId, from, until }) => ({ personId, from: iso(from), until: iso(until) }));
    const values = {
      id: uuidv7(ctx.now),
      rotaId: what.rotaId,
      fromAt: iso(stand.from),
      untilAt: iso(stand.until),
      note: what.note,
      createdAt: iso(ctx.now),
      createdBy: ctx.actor.id,
      removedAt: null,
    };
    await store
      .tables(ctx.db)
      .insertInto('rotasTemporary')
      .values({ ...values, shifts: jsonb(shifts) })
      .execute();
  }
}
