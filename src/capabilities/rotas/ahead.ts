import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { loadRotas } from './calendar.ts';
import { nextHandovers, type Handover } from './rules/index.ts';
import * as store from './store/index.ts';

const DAYS_AHEAD = 35 * 86_400_000;
const MOST = 2000;

/** The next change of each of these rotas; those that do not change are left out. A fixed number of queries. */
export async function nextChangesIn(db: Db, rotaIds: readonly string[], now: number): Promise<ReadonlyMap<string, Handover>> {
  const rows = rotaIds.length > 0 ? await store.rotasByIds(db, SYSTEM, rotaIds) : [];
  const loaded = await loadRotas(db, rows, { from: now, until: now + DAYS_AHEAD });
  return new Map(
    loaded.flatMap(({ row, rota }) => {
      const [next] = nextHandovers(rota, now, 1);
      return next ? [[row.id, next] as const] : [];
    }),
  );
}

/** Every rota in use, by name. */
export async function allRotas(db: Db, actor: Actor) {
  return (await store.rotas(db, actor, { limit: MOST })).map(({ id, number, title }) => ({ id, kind: 'rota', number, title }));
}
