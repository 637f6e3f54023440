import { sql, type SqlBool } from 'kysely';
import type { Db, Json } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { Operator, RuleLevel } from '../rules/index.ts';
import { tables as catalogTables } from './index.ts';

type Tables = {
  catalogRule: {
    id: string;
    level: RuleLevel;
    title: string;
    advice: string;
    fact: string;
    operator: Operator;
    value: Json;
    tiers: number[];
    position: number;
    removedAt: string | null;
  };
  catalogExemption: { id: string; recordId: string; ruleId: string; reason: string; until: string; actorId: string | null; at: string; endedAt: string | null };
};
export const scoreTables = (db: Db) => db.$extendTables<Tables>();

const living = (db: Db) =>
  scoreTables(db).selectFrom('catalogRule').select(['id', 'level', 'title', 'advice', 'fact', 'operator', 'value', 'tiers', 'position']).where('removedAt', 'is', null);
export type RuleRow = Awaited<ReturnType<typeof rules>>[number];

/** By level, then as people ordered them. */
export function rules(db: Db) {
  return living(db)
    .orderBy(sql`array_position(array['bronze', 'silver', 'gold'], level)`)
    .orderBy('position')
    .orderBy('id')
    .execute();
}

/** The living rules, held until the end of the transaction, so that two changes of their order never mix. */
export async function lockedRules(db: Db): Promise<readonly RuleRow[]> {
  await sql`select pg_advisory_xact_lock(hashtext('catalog.rules'))`.execute(db);
  return rules(db);
}

export async function putOrder(db: Db, ids: readonly string[]): Promise<void> {
  await sql`update catalog_rule r set position = o.place from unnest(${[...ids]}::uuid[]) with ordinality o(id, place) where r.id = o.id`.execute(db);
}

const exemptions = (db: Db) =>
  scoreTables(db)
    .selectFrom('catalogExemption')
    .select(['id', 'recordId', 'ruleId', 'reason', sql<string>`until::text`.as('until'), 'actorId', 'at', 'endedAt']);
export type ExemptionRow = Awaited<ReturnType<typeof exemptionsOn>>[number];

/** Exemptions of these services that count on a day. */
export function exemptionsOn(db: Db, recordIds: readonly string[], day: string) {
  return exemptions(db)
    .where('endedAt', 'is', null)
    .where(sql<SqlBool>`until >= ${day}::date`)
    .where(sql<SqlBool>`record_id = any(${[...recordIds]}::uuid[])`)
    .execute();
}

export function exemptionById(db: Db, id: string) {
  return exemptions(db).where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Ends what a service is exempt from by this rule. */
export async function endExemptions(db: Db, of: { readonly recordId: string; readonly ruleId: string }, at: string): Promise<void> {
  await scoreTables(db)
    .updateTable('catalogExemption')
    .set({ endedAt: at })
    .where('recordId', '=', of.recordId)
    .where('ruleId', '=', of.ruleId)
    .where('endedAt', 'is', null)
    .execute();
}

export interface ScoredService {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly tier: number;
  readonly teamId: string | null;
}

/** Services in use that the actor may see, by tier and name: planned ones are not there yet, retired ones no more. */
export function scoredServices(db: Db, actor: Actor, tiers: readonly number[] | undefined): Promise<readonly ScoredService[]> {
  let from = catalogTables(db)
    .selectFrom('catalogService')
    .innerJoin('record', 'record.id', 'catalogService.id')
    .select(['record.id', 'record.number', 'record.title', 'tier', 'record.teamId'])
    .where('lifecycle', 'in', ['live', 'retiring'])
    .where('record.archivedAt', 'is', null)
    .where(visible(actor));
  if (tiers) from = from.where('tier', 'in', [...tiers]);
  return from.orderBy('tier').orderBy('record.title').orderBy('record.id').execute();
}

/** Per service: on how much it depends, and how many sources no longer name it. */
export async function countedOf(db: Db, ids: readonly string[]) {
  const { rows } = await sql<{ id: string; providers: number; stale: number }>`
    select s.id,
      (select count(*)::int from catalog_edge e where e.consumer_id = s.id and e.ended_at is null) as providers,
      (select count(*)::int from catalog_identity i where i.record_id = s.id and i.stale_since is not null) as stale
    from unnest(${[...ids]}::uuid[]) s(id)`.execute(db);
  return rows;
}
