import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Escalation, Policy as Plan } from './rules/escalation.ts';
import type { Layer, Override, Rota } from './rules/layers.ts';
import { instantOf } from '#kernel/zoned.ts';

type LayerTable = {
  id: string;
  rotaId: string;
  name: string;
  priority: number;
  kind: 'hourly' | 'daily' | 'weekly' | 'monthly';
  length: number;
  startLocal: string;
  people: string[];
  fromAt: string | null;
  untilAt: string | null;
  createdAt: string;
};
type OverrideTable = {
  id: string;
  rotaId: string;
  layerId: string | null;
  personId: string | null;
  fromLocal: string;
  untilLocal: string;
  fromAt: string;
  untilAt: string;
  note: string;
  createdAt: string;
  createdBy: string | null;
  removedAt: string | null;
};
type Tables = {
  oncallRota: { id: string; zone: string; about: string };
  oncallLayer: LayerTable;
  oncallOverride: OverrideTable;
  oncallPolicy: { id: string; about: string; steps: Plan['steps']; repeat: number; isDefault: boolean };
  oncallCoverage: { serviceId: string; policyId: string };
  oncallRun: {
    id: string;
    aboutId: string;
    policyId: string | null;
    policy: Plan;
    policyName: string;
    title: string;
    text: string;
    escalation: Escalation;
    state: 'running' | 'acknowledged' | 'exhausted' | 'ended';
    nextAt: string | null;
    startedAt: string;
    endedAt: string | null;
  };
};
export const tables = (db: Db) => db.$extendTables<Tables>();
export type LayerRow = LayerTable;
export type OverrideRow = OverrideTable;
export type RunRow = Tables['oncallRun'];

/** A local time `2026-03-02T09:00` in a zone as an instant; the first of two, the first after a gap. */
export function instantOfLocal(zone: string, local: string): number {
  return instantOf(zone, Date.parse(`${local}:00Z`), 'first');
}

const rotaRows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('oncallRota')
    .innerJoin('record', 'record.id', 'oncallRota.id')
    .select(['oncallRota.id', 'zone', 'about', 'record.number', 'record.title', 'record.teamId', 'record.version', 'record.archivedAt'])
    .where(visible(actor));

export type RotaRow = Awaited<ReturnType<typeof rotas>>[number];

export function rotas(db: Db, actor: Actor, filter: { q?: string | undefined; limit: number; after?: { title: string; id: string } | undefined }) {
  let from = rotaRows(db, actor).where('record.archivedAt', 'is', null);
  if (filter.q) from = from.where('record.title', 'ilike', `%${filter.q}%`);
  if (filter.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${filter.after.title}, ${filter.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function rotaByNumber(db: Db, actor: Actor, number: string) {
  return rotaRows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function rotasByIds(db: Db, actor: Actor, ids: readonly string[]) {
  return rotaRows(db, actor)
    .where(sql<SqlBool>`oncall_rota.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute();
}

/** Layers that were or are in force, in the order in which they win. */
export function layersOf(db: Db, rotaIds: readonly string[]) {
  return tables(db)
    .selectFrom('oncallLayer')
    .selectAll()
    .where(sql<SqlBool>`rota_id = any(${[...rotaIds]}::uuid[])`)
    .orderBy('priority', 'desc')
    .orderBy('createdAt')
    .execute();
}

export function overridesOf(db: Db, rotaIds: readonly string[], window: { from: string; until: string }) {
  return tables(db)
    .selectFrom('oncallOverride')
    .selectAll()
    .where(sql<SqlBool>`rota_id = any(${[...rotaIds]}::uuid[])`)
    .where('removedAt', 'is', null)
    .where('untilAt', '>', window.from)
    .where('fromAt', '<', window.until)
    .orderBy('createdAt')
    .limit(1000)
    .execute();
}

/** Rows as the pure engine reads them. */
export function asRota(zone: string, layers: readonly LayerRow[], overrides: readonly OverrideRow[]): Rota {
  return {
    layers: layers.map((row): Layer => ({
      id: row.id,
      name: row.name,
      priority: row.priority,
      people: row.people,
      rotation: { type: row.kind, length: row.length, zone, start: instantOfLocal(zone, row.startLocal) },
      from: row.fromAt ? Date.parse(row.fromAt) : null,
      until: row.untilAt ? Date.parse(row.untilAt) : null,
    })),
    overrides: overrides.map((row): Override => ({ id: row.id, personId: row.personId, layerId: row.layerId, from: Date.parse(row.fromAt), until: Date.parse(row.untilAt) })),
  };
}

const policyRows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('oncallPolicy')
    .innerJoin('record', 'record.id', 'oncallPolicy.id')
    .select(['oncallPolicy.id', 'about', 'steps', 'repeat', 'isDefault', 'record.number', 'record.title', 'record.kind', 'record.version', 'record.archivedAt'])
    .where(visible(actor));

export type PolicyRow = Awaited<ReturnType<typeof policies>>[number];

export function policies(db: Db, actor: Actor, filter: { q?: string | undefined; limit: number; after?: { title: string; id: string } | undefined }) {
  let from = policyRows(db, actor).where('record.archivedAt', 'is', null);
  if (filter.q) from = from.where('record.title', 'ilike', `%${filter.q}%`);
  if (filter.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${filter.after.title}, ${filter.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function policyByNumber(db: Db, actor: Actor, number: string) {
  return policyRows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

/** The policy in charge of a service, else the default one; `covered` says which. */
export async function policyFor(db: Db, actor: Actor, serviceId: string | null) {
  const own =
    serviceId === null
      ? undefined
      : await policyRows(db, actor)
          .innerJoin('oncallCoverage', 'oncallCoverage.policyId', 'oncallPolicy.id')
          .where('oncallCoverage.serviceId', '=', serviceId)
          .where('record.archivedAt', 'is', null)
          .executeTakeFirst();
  if (own) return { ...own, covered: true };
  const fallback = await policyRows(db, actor).where('isDefault', '=', true).where('record.archivedAt', 'is', null).executeTakeFirst();
  return fallback ? { ...fallback, covered: false } : undefined;
}

/** A policy that a rule names, while it is in use. */
export async function policyNamed(db: Db, actor: Actor, number: string | null) {
  if (number === null) return undefined;
  const found = await policyRows(db, actor).where('record.number', '=', number).where('record.archivedAt', 'is', null).executeTakeFirst();
  return found && { ...found, covered: true };
}

/** The policy in charge of each of these services; those that only the default covers are left out. */
export function policiesOver(db: Db, actor: Actor, serviceIds: readonly string[]) {
  return tables(db)
    .selectFrom('oncallCoverage')
    .innerJoin('record', 'record.id', 'oncallCoverage.policyId')
    .select(['serviceId', 'record.title'])
    .where(sql<SqlBool>`service_id = any(${[...serviceIds]}::uuid[])`)
    .where('record.archivedAt', 'is', null)
    .where(visible(actor))
    .execute();
}

/** Services each policy is in charge of. */
export function coverageOf(db: Db, actor: Actor, policyIds: readonly string[]) {
  return tables(db)
    .selectFrom('oncallCoverage')
    .innerJoin('record', 'record.id', 'oncallCoverage.serviceId')
    .select(['policyId', 'record.id', 'record.kind', 'record.number', 'record.title'])
    .where(sql<SqlBool>`policy_id = any(${[...policyIds]}::uuid[])`)
    .where(visible(actor))
    .orderBy('record.title')
    .limit(2000)
    .execute();
}

/** Policies that name a rota in a step: a rota in use cannot be retired. */
export function policiesUsing(db: Db, actor: Actor, rotaId: string) {
  return policyRows(db, actor)
    .where(sql<SqlBool>`steps @> ${JSON.stringify([{ targets: [{ id: rotaId }] }])}::jsonb`)
    .where('record.archivedAt', 'is', null)
    .limit(50)
    .execute();
}

export function openRun(db: Db, aboutId: string) {
  return tables(db).selectFrom('oncallRun').selectAll().where('aboutId', '=', aboutId).where('state', '!=', 'ended').forUpdate().executeTakeFirst();
}

export function latestRun(db: Db, aboutId: string) {
  return tables(db).selectFrom('oncallRun').selectAll().where('aboutId', '=', aboutId).orderBy('startedAt', 'desc').orderBy('id', 'desc').limit(1).executeTakeFirst();
}

/** How many runs page nobody although their deadline is past. */
export async function lateRuns(db: Db, before: number): Promise<number> {
  const rows = await tables(db).selectFrom('oncallRun').select('id').where('state', '=', 'running').where('nextAt', '<', new Date(before).toISOString()).limit(100).execute();
  return rows.length;
}
