import { iso } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber } from '#kernel/records/index.ts';
import { isZone } from '#kernel/zoned.ts';
import { rotas } from '../contract/index.ts';
import * as store from '../store/index.ts';
import { usersOf } from '../users.ts';
import { insertLayer } from './layers.ts';
import { one, rotaRow, shown } from './shown.ts';

type Rotas = Pick<Actions<typeof rotas>, 'list' | 'get' | 'create' | 'update' | 'retire'>;

export const rotaActions: Rotas = {
  async list({ db, actor, now }, { q, limit, cursor }) {
    const [title, id] = keyOf(cursor, 2);
    const rows = await store.rotas(db, actor, { q, limit: limit + 1, after: title !== undefined && id ? { title, id } : undefined });
    const items = await shown({ db, actor, now }, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async get(ctx, { number }) {
    const row = await rotaRow(ctx, number);
    const policies = await usersOf(ctx, row.id);
    const plan = refusePermission(ctx.actor, 'rotas.plan', rotas.permissions) ?? null;
    return {
      rota: await one(ctx, row),
      policies,
      may: { update: plan, override: refusePermission(ctx.actor, 'rotas.override', rotas.permissions) ?? null, retire: plan ?? refuseRetiring(row, policies) ?? null },
    };
  },

  async create(ctx, { name, about, zone, team, layer }) {
    if (!isZone(zone)) throw invalidField('zone', `${zone} is not a time zone. Name one such as Europe/Berlin.`);
    const teamId = team ? (await byNumber(ctx.db, ctx.actor, team)).id : null;
    const { id, number } = await ctx.open({ kind: 'rota', title: name, words: about, teamId, did: 'rota.created' });
    await store.tables(ctx.db).insertInto('rotasRota').values({ id, zone, about }).execute();
    await insertLayer(ctx, { rotaId: id, zone, since: null }, layer);
    return one(ctx, await rotaRow(ctx, number));
  },

  async update(ctx, { number, version, name, about, team, calendarId }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, version);
    const teamId = team ? (await byNumber(ctx.db, ctx.actor, team)).id : null;
    await ctx.amend(row.id, { ...(name ? { title: name } : {}), ...(team !== undefined ? { teamId } : {}) });
    if (calendarId && !(await store.calendarById(ctx.db, calendarId))) throw missing('This calendar');
    if (about !== undefined || calendarId !== undefined)
      await store
        .tables(ctx.db)
        .updateTable('rotasRota')
        .set({ ...(about !== undefined && { about }), ...(calendarId !== undefined && { calendarId }) })
        .where('id', '=', row.id)
        .execute();
    await ctx.record({ record: row.id, did: 'rota.changed' });
    return one(ctx, await rotaRow(ctx, number));
  },

  async retire(ctx, { number, version }) {
    const row = await rotaRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseRetiring(row, await usersOf(ctx, row.id)));
    await ctx.amend(row.id, { archivedAt: iso(ctx.now) });
    await ctx.record({ record: row.id, did: 'rota.retired' });
    return one(ctx, await rotaRow(ctx, number));
  },
};

function refuseRetiring(row: store.RotaRow, policies: readonly Ref[]): string | undefined {
  if (row.archivedAt) return 'This rota is retired already.';
  return policies.length > 0 ? `${policies.map((p) => p.title).join(', ')} still pages this rota. Take it out there first.` : undefined;
}
