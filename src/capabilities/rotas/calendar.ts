import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import type { Window } from '#kernel/spans.ts';
import { onCallAt, shadowsIn as shadowSpans, type OnCall, type Rota } from './rules/index.ts';
import * as store from './store/index.ts';

export interface Loaded {
  readonly row: store.RotaRow;
  readonly rota: Rota;
  readonly overrides: readonly store.OverrideRow[];
  readonly swaps: readonly store.SwapRow[];
  readonly temporaries: readonly store.TemporaryRow[];
  readonly absences: readonly store.AbsenceRow[];
  readonly holidays: readonly { readonly day: string; readonly name: string }[];
}

const DAY = 86_400_000;
const MOST_HOLIDAYS = 10_000;

/** Rotas with what the engine needs for a window; a few queries for any number of them. */
export async function loadRotas(db: Db, rows: readonly store.RotaRow[], window: Window): Promise<readonly Loaded[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const asked = { from: iso(window.from), until: iso(window.until) };
  const layers = Map.groupBy(await store.layersOf(db, ids), (row) => row.rotaId);
  const overrides = Map.groupBy(await store.overridesOf(db, ids, asked), (row) => row.rotaId);
  const swaps = Map.groupBy(await store.swapsOf(db, ids, asked), (row) => row.rotaId);
  const temporaries = Map.groupBy(await store.temporariesOf(db, ids, asked), (row) => row.rotaId);
  const absences = await store.absencesIn(db, asked);
  const calendarIds = rows.flatMap((row) => row.calendarId ?? []);
  const days = { from: iso(window.from - 2 * DAY).slice(0, 10), until: iso(window.until + 2 * DAY).slice(0, 10) };
  const holidays = Map.groupBy(calendarIds.length > 0 ? await store.holidaysOf(db, { calendarIds, ...days, limit: MOST_HOLIDAYS }) : [], (row) => row.calendarId);
  const away = absences.map(store.asAbsence);
  return rows.map((row): Loaded => {
    const own = {
      overrides: overrides.get(row.id) ?? [],
      swaps: swaps.get(row.id) ?? [],
      temporaries: temporaries.get(row.id) ?? [],
      holidays: holidays.get(row.calendarId ?? '') ?? [],
    };
    return {
      row,
      absences,
      ...own,
      rota: {
        layers: (layers.get(row.id) ?? []).map((layer) => store.asLayer(row.zone, layer)),
        overrides: own.overrides.map(store.asOverride),
        swaps: own.swaps.map(store.asSwap),
        temporaries: own.temporaries.map(store.asTemporary),
        absences: away,
        holidays: own.holidays.map(({ day }) => day),
      },
    };
  });
}

/** One rota with what the engine needs for a window. */
export async function loadRota(db: Db, row: store.RotaRow, window: Window): Promise<Loaded> {
  const [loaded] = await loadRotas(db, [row], window);
  if (!loaded) throw new Error('a rota that was asked for was not loaded');
  return loaded;
}

const DAYS_AHEAD = 35 * DAY;

/** Each rota with who is on call now, until when, and who is next. */
export async function nowOf(db: Db, actor: Actor, now: number) {
  const rows = await store.rotas(db, actor, { limit: store.MOST_ROTAS });
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
