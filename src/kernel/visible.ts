import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Actor } from './permissions.ts';

/** The predicate in pieces; between them stand the actor's id, the teams they lead, and the id again. */
const PIECES = [
  "(record.visibility = 'everyone' or record.owner_id = ",
  ' or record.team_id = any(',
  '::uuid[]) or exists (select 1 from record_reader rr where rr.record_id = record.id and rr.reader_id = ',
  '))',
] as const;

/**
 * The one predicate on who may see a record (decision 10), for a query in which the table `record` is named `record`.
 * Restricted records: named readers, the owner, leads of the owning team, and the desk itself.
 */
export function visible(actor: Actor): RawBuilder<SqlBool> {
  if (actor.kind === 'system') return sql<SqlBool>`true`;
  const [a, b, c, d] = PIECES;
  return sql<SqlBool>`${sql.raw(a)}${actor.id}${sql.raw(b)}${[...actor.leads]}${sql.raw(c)}${actor.id}${sql.raw(d)}`;
}

/** The same predicate as text for a statement that is written out: $`first` is the actor's id, $`first + 1` the teams they lead. */
export function visibleText(first: number): string {
  const [a, b, c, d] = PIECES;
  return `${a}$${first}${b}$${first + 1}${c}$${first}${d}`;
}

export interface Secrecy {
  readonly visibility: 'everyone' | 'restricted';
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly readers: readonly string[];
}

/** The same rule over a loaded row, for streams that filter one batch for many viewers. */
export function maySee(actor: Actor, record: Secrecy): boolean {
  if (actor.kind === 'system' || record.visibility === 'everyone') return true;
  if (actor.id === null) return false;
  return record.ownerId === actor.id || record.readers.includes(actor.id) || (record.teamId !== null && actor.leads.includes(record.teamId));
}
