import { membersOf, peopleByIds } from '#capabilities/people/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import type { Target } from './rules/escalation.ts';
import { onCallAt, type OnCall, type Rota } from './rules/layers.ts';
import * as store from './store.ts';

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

export interface Found {
  readonly personId: string;
  readonly rotaName: string | null;
  readonly layerName: string | null;
  readonly teamName: string | null;
  readonly overridden: string | null;
}

/**
 * Who is behind each target now. People who left or are unknown are nobody: a rota that names only them counts as a
 * gap, never as covered.
 */
export async function whoIsBehind(db: Db, targets: readonly Target[], now: number): Promise<(target: Target) => readonly Found[]> {
  const rotaIds = targets.filter((t) => t.kind === 'rota').map((t) => t.id);
  const loaded = await loadRotas(db, rotaIds.length > 0 ? await store.rotasByIds(db, SYSTEM, rotaIds) : [], { from: now, until: now + 1 });
  const answers = new Map<string, Found[]>();
  for (const { row, rota } of loaded) {
    const found = onCallAt(rota, now);
    answers.set(
      row.id,
      (found?.people ?? []).map((personId, i) => ({
        personId,
        rotaName: row.title,
        teamName: null,
        layerName: layerName(rota, found, i),
        overridden: found?.by === 'override' ? 'override' : null,
      })),
    );
  }
  for (const target of targets) {
    if (target.kind === 'person') answers.set(target.id, [{ personId: target.id, rotaName: null, layerName: null, teamName: null, overridden: null }]);
    if (target.kind === 'team') {
      const members = await membersOf(db, target.id);
      answers.set(
        target.id,
        members.map((m) => ({ personId: m.id, rotaName: null, layerName: null, teamName: '', overridden: null })),
      );
    }
  }
  const known = await peopleByIds(
    db,
    [...answers.values()].flat().map((f) => f.personId),
  );
  return (target) => (answers.get(target.id) ?? []).filter((f) => known.get(f.personId)?.active === true);
}

function layerName(rota: Rota, found: OnCall | null, index: number): string | null {
  const id = found?.layerIds[index];
  return rota.layers.find((layer) => layer.id === id)?.name ?? null;
}

const DAYS_AHEAD = 35 * 86_400_000;

/** Each rota with who is on call now, until when, and who is next. */
export async function nowOf(db: Db, actor: Actor, now: number) {
  const rows = await store.rotas(db, actor, { limit: 200 });
  const loaded = await loadRotas(db, rows, { from: now, until: now + DAYS_AHEAD });
  return loaded.map(({ row, rota }) => ({ row, rota, found: onCallAt(rota, now) }));
}
