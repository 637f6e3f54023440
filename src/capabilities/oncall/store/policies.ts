import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { tables } from './tables.ts';

const policyRows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('oncallPolicy')
    .innerJoin('record', 'record.id', 'oncallPolicy.id')
    .select([
      'oncallPolicy.id',
      'about',
      'steps',
      'repeat',
      'isDefault',
      'oncallPolicy.urgency',
      'answerMinutes',
      'record.number',
      'record.title',
      'record.kind',
      'record.version',
      'record.archivedAt',
    ])
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
  const own = serviceId === null ? undefined : (await policiesFor(db, actor, [serviceId])).get(serviceId);
  return own ?? (await defaultPolicy(db, actor));
}

/** The policy that covers whatever no other does. */
export async function defaultPolicy(db: Db, actor: Actor) {
  const found = await policyRows(db, actor).where('isDefault', '=', true).where('record.archivedAt', 'is', null).executeTakeFirst();
  return found && { ...found, covered: false };
}

/** The policies that name these services; the urgency of a service is more than that of its policy. */
export async function policiesFor(db: Db, actor: Actor, serviceIds: readonly string[]) {
  const rows = await policyRows(db, actor)
    .innerJoin('oncallCoverage', 'oncallCoverage.policyId', 'oncallPolicy.id')
    .select(['serviceId', 'oncallCoverage.urgency as urgencyHere'])
    .where(sql<SqlBool>`service_id = any(${[...serviceIds]}::uuid[])`)
    .where('record.archivedAt', 'is', null)
    .execute();
  return new Map(
    rows.map(({ serviceId, urgencyHere, ...row }) => [serviceId, { ...row, urgency: urgencyHere === null ? row.urgency : { ...row.urgency, by: urgencyHere }, covered: true }]),
  );
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
    .select(['policyId', 'urgency', 'record.id', 'record.kind', 'record.number', 'record.title'])
    .where(sql<SqlBool>`policy_id = any(${[...policyIds]}::uuid[])`)
    .where(visible(actor))
    .orderBy('record.title')
    .limit(2000)
    .execute();
}

/** Policies that name a rota, or a channel, in a step: what is in use is not retired. */
export function policiesUsing(db: Db, actor: Actor, targetId: string) {
  return policyRows(db, actor)
    .where(sql<SqlBool>`steps @> ${JSON.stringify([{ targets: [{ id: targetId }] }])}::jsonb`)
    .where('record.archivedAt', 'is', null)
    .limit(50)
    .execute();
}

/** Policies of every service that is covered, and all that are in use: for one page of all services, in one query. */
export function policiesInUse(db: Db, actor: Actor) {
  return policyRows(db, actor).where('record.archivedAt', 'is', null).execute();
}

/** How often each step of a policy has taken turns; the rows are locked, so that two pages never take the same turn. */
export async function turnsOf(db: Db, policyId: string, steps: readonly number[]): Promise<ReadonlyMap<number, number>> {
  for (const step of steps)
    await tables(db)
      .insertInto('oncallTurn')
      .values({ policyId, step, turns: 0 })
      .onConflict((c) => c.columns(['policyId', 'step']).doNothing())
      .execute();
  const rows = await tables(db).selectFrom('oncallTurn').select(['step', 'turns']).where('policyId', '=', policyId).orderBy('step').forUpdate().execute();
  return new Map(rows.map(({ step, turns }) => [step, turns]));
}

/** The same for reading only. */
export function turnsSeen(db: Db, policyIds: readonly string[]) {
  return tables(db)
    .selectFrom('oncallTurn')
    .selectAll()
    .where(sql<SqlBool>`policy_id = any(${[...new Set(policyIds)]}::uuid[])`)
    .execute();
}

export function takeTurn(db: Db, policyId: string, step: number) {
  return tables(db)
    .updateTable('oncallTurn')
    .set((e) => ({ turns: e('turns', '+', 1) }))
    .where('policyId', '=', policyId)
    .where('step', '=', step)
    .execute();
}
