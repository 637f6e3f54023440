import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Override, Swap, Temporary } from '../rules/index.ts';
import { tables, type OverrideRow, type SwapRow, type TemporaryRow } from './tables.ts';

interface Window {
  readonly from: string;
  readonly until: string;
}

/** Many times what people plan in a window. */
const MOST = 20_000;

export function overridesOf(db: Db, rotaIds: readonly string[], window: Window) {
  return tables(db)
    .selectFrom('rotasOverride')
    .selectAll()
    .where(sql<SqlBool>`rota_id = any(${[...rotaIds]}::uuid[])`)
    .where('removedAt', 'is', null)
    .where('untilAt', '>', window.from)
    .where('fromAt', '<', window.until)
    .orderBy('createdAt')
    .orderBy('id')
    .limit(MOST)
    .execute();
}

/** Requests that touch the window by what is asked or by what is given in return; without those withdrawn. */
export function swapsOf(db: Db, rotaIds: readonly string[], window: Window) {
  return tables(db)
    .selectFrom('rotasSwap')
    .selectAll()
    .where(sql<SqlBool>`rota_id = any(${[...rotaIds]}::uuid[])`)
    .where('withdrawnAt', 'is', null)
    .where((e) =>
      e.or([
        e.and([e('untilAt', '>', window.from), e('fromAt', '<', window.until)]),
        e.and([e('returnUntilAt', '>', window.from), e('returnFromAt', '<', window.until), e('takenBy', 'is not', null)]),
      ]),
    )
    .orderBy('createdAt')
    .orderBy('id')
    .limit(MOST)
    .execute();
}

export function temporariesOf(db: Db, rotaIds: readonly string[], window: Window) {
  return tables(db)
    .selectFrom('rotasTemporary')
    .selectAll()
    .where(sql<SqlBool>`rota_id = any(${[...rotaIds]}::uuid[])`)
    .where('removedAt', 'is', null)
    .where('untilAt', '>', window.from)
    .where('fromAt', '<', window.until)
    .orderBy('createdAt')
    .orderBy('id')
    .limit(MOST)
    .execute();
}

/** Requests of rotas the viewer may see that are not over, the next first. */
export function swapsAhead(
  db: Db,
  actor: Actor,
  what: { now: string; rotaId: string | undefined; state: 'open' | 'taken' | undefined; limit: number; after: { at: string; id: string } | undefined },
) {
  let from = tables(db)
    .selectFrom('rotasSwap')
    .innerJoin('record', 'record.id', 'rotasSwap.rotaId')
    .selectAll('rotasSwap')
    .where(visible(actor))
    .where('withdrawnAt', 'is', null)
    .where('untilAt', '>', what.now);
  if (what.rotaId) from = from.where('rotaId', '=', what.rotaId);
  if (what.state === 'taken') from = from.where('takenBy', 'is not', null);
  if (what.state === 'open') from = from.where('takenBy', 'is', null).where('fromAt', '>', what.now);
  if (what.after) from = from.where(sql<SqlBool>`(rotas_swap.from_at, rotas_swap.id) > (${what.after.at}::timestamptz, ${what.after.id}::uuid)`);
  return from.orderBy('rotasSwap.fromAt').orderBy('rotasSwap.id').limit(what.limit).execute();
}

export function swapById(db: Db, rotaId: string, id: string) {
  return tables(db).selectFrom('rotasSwap').selectAll().where('id', '=', id).where('rotaId', '=', rotaId).executeTakeFirst();
}

export function asOverride(row: OverrideRow): Override {
  const { id, kind, personId, insteadId, layerId } = row;
  return { id, kind, personId, insteadId, layerId, from: Date.parse(row.fromAt), until: Date.parse(row.untilAt), madeAt: Date.parse(row.createdAt) };
}

export function asSwap(row: SwapRow): Swap {
  const inReturn = row.returnFromAt && row.returnUntilAt ? { from: Date.parse(row.returnFromAt), until: Date.parse(row.returnUntilAt) } : null;
  const madeAt = Date.parse(row.takenAt ?? row.createdAt);
  return { id: row.id, by: row.byId, from: Date.parse(row.fromAt), until: Date.parse(row.untilAt), takenBy: row.takenBy, inReturn, madeAt };
}

export function asTemporary(row: TemporaryRow): Temporary {
  const shifts = row.shifts.map(({ personId, from, until }) => ({ personId, from: Date.parse(from), until: Date.parse(until) }));
  return { id: row.id, from: Date.parse(row.fromAt), until: Date.parse(row.untilAt), shifts, madeAt: Date.parse(row.createdAt) };
}
