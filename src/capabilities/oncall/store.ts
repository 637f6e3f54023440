import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Escalation, Policy as Plan } from './rules/escalation.ts';

type Tables = {
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
export type RunRow = Tables['oncallRun'];

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
