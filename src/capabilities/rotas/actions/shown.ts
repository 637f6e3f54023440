import { ms } from '#kernel/clock.ts';
import type { Ref } from '#kernel/contract.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import * as store from '../store/index.ts';

export type Seer = Pick<Read | Write, 'db' | 'actor' | 'now'>;

export async function rotaRow({ db, actor }: Seer, number: string): Promise<store.RotaRow> {
  const row = await store.rotaByNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

export async function one(ctx: Seer, row: store.RotaRow) {
  const [rota] = await shown(ctx, [row]);
  if (!rota) throw missing(row.number);
  return rota;
}

/** Rotas as they are shown: with the layers that are or will be in force. */
export async function shown({ db, actor, now }: Seer, rows: readonly store.RotaRow[]) {
  const all =
    rows.length > 0
      ? await store.layersOf(
          db,
          rows.map(({ id }) => id),
        )
      : [];
  const layers = all.filter((layer) => layer.untilAt === null || ms(layer.untilAt) > now);
  const refs = await refsOf(db, actor, [...layers.flatMap((layer) => layer.people.flat()), ...rows.map((row) => row.teamId)]);
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    name: row.title,
    about: row.about,
    zone: row.zone,
    team: refs.get(row.teamId ?? '') ?? null,
    calendarId: row.calendarId,
    version: row.version,
    layers: layers.filter((layer) => layer.rotaId === row.id).map((layer) => shownLayer(layer, refs)),
  }));
}

function shownLayer(row: store.LayerRow, refs: ReadonlyMap<string, Ref>) {
  return {
    id: row.id,
    name: row.name,
    priority: row.priority,
    kind: row.kind,
    length: row.length,
    start: row.startLocal,
    zone: row.zone,
    people: row.people.map((group) => known(refs, group)),
    hours: row.hours,
    turns: row.turns,
    shadow: row.shadow,
    from: row.fromLocal,
    until: row.untilLocal,
    onHolidays: row.onHolidays,
    fromAt: row.fromAt,
    untilAt: row.untilAt,
    firstTurn: row.firstTurn,
  };
}

export function known(refs: ReadonlyMap<string, Ref>, ids: readonly string[]): Ref[] {
  return ids.map((id) => refs.get(id)).filter((ref): ref is Ref => ref !== undefined);
}

export function refOfRota(row: store.RotaRow): Ref {
  return { id: row.id, kind: 'rota', number: row.number, title: row.title };
}

export function overrideOf(row: store.OverrideRow, refs: ReadonlyMap<string, Ref>) {
  return {
    id: row.id,
    kind: row.kind,
    person: refs.get(row.personId ?? '') ?? null,
    instead: refs.get(row.insteadId ?? '') ?? null,
    layerId: row.layerId,
    fromLocal: row.fromLocal,
    untilLocal: row.untilLocal,
    from: row.fromAt,
    until: row.untilAt,
    note: row.note,
    madeAt: row.createdAt,
  };
}

export function temporaryOf(row: store.TemporaryRow, refs: ReadonlyMap<string, Ref>) {
  const shifts = row.shifts.map(({ personId, from, until }) => ({ person: refs.get(personId) ?? null, from, until }));
  return { id: row.id, from: row.fromAt, until: row.untilAt, shifts, note: row.note, madeAt: row.createdAt };
}
