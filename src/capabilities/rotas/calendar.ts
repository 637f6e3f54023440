import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { onCallAt, shadowsIn as shadowSpans, type OnCall, type Rota } from './rules/index.ts';
import * as store from './store/index.ts';

export interface Loaded {
  readonly row: store.RotaRow;
  readonly rota: Rota;
}

/** Rotas with what the engine needs for a window; three queries for any number of them. */
export async function loadRotas(db: Db, rows: readonly store.RotaRow[], window: { from: number; until: number }): Promise<readonly Loaded[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const [layers, overrides] = [await store.layersOf(db, ids), await store.overridesOf(db, ids, { from: iso(window.from), until: iso(window.until) })];
  return rows.map((row) => ({
    row,
    rota: store.asRota(
      row.zone,
      layers.filter((l) => l.rotaId === row.id),
      overrides.filter((o) => o.rotaId === row.id),
    ),
  }));
}

const DAYS_AHEAD = 35 * 86_400_000;

/** Each rota with who is on call now, until when, and who is next. */
export async function nowOf(db: Db, actor: Actor, now: number) {
  const rows = await store.rotas(db, actor, { limit: 200 });
  const loaded = await loadRotas(db, rows, { from: now, until: now + DAYS_AHEAD });
  return loaded.map(({ row, rota }) => ({ row, rota, found: onCallAt(rota, now) }));
}

/** One person on call in a rota, and by what. */
export interface OnDuty {
  readonly personId: string;
  readonly rotaName: string;
  readonly layerName: string | null;
  readonly overridden: boolean;
}

/** Who is on call in each of these rotas now; a rota nobody is on call in answers an empty list. */
export function onDutyIn(db: Db, rotaIds: readonly string[], now: number): Promise<ReadonlyMap<string, readonly OnDuty[]>> {
  return dutiesIn(db, rotaIds, { now, of: (rota) => onCallAt(rota, now) });
}

/** Who is told beside those on call in each of these rotas now, and covers nothing. */
export function shadowsIn(db: Db, rotaIds: readonly string[], now: number): Promise<ReadonlyMap<string, readonly OnDuty[]>> {
  return dutiesIn(db, rotaIds, { now, of: (rota) => shadowSpans(rota, { from: now, until: now + 1 })[0]?.value ?? null });
}

async function dutiesIn(db: Db, rotaIds: readonly string[], { now, of }: { readonly now: number; readonly of: (rota: Rota) => OnCall | null }) {
  const loaded = await loadRotas(db, rotaIds.length > 0 ? await store.rotasByIds(db, SYSTEM, rotaIds) : [], { from: now, until: now + 1 });
  return new Map(
    loaded.map(({ row, rota }) => {
      const found = of(rota);
      const people = (found?.people ?? []).map((personId, i): OnDuty => ({
        personId,
        rotaName: row.title,
        layerName: layerName(rota, found, i),
        overridden: found?.by !== 'layer',
      }));
      return [row.id, people];
    }),
  );
}

function layerName(rota: Rota, found: OnCall | null, index: number): string | null {
  const id = found?.layerIds[index];
  return rota.layers.find((layer) => layer.id === id)?.name ?? null;
}
