import type { Db } from '#kernel/database.ts';
import { knownActiveAdmins, knownByIds, knownLeads, knownMembersOf } from './store.ts';

/** What other capabilities may know of a person. */
export interface Known {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly zone: string;
  readonly active: boolean;
}

/** People by id, in no order; ids that are not people are left out. */
export async function peopleByIds(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  if (ids.length === 0) return new Map();
  const rows = await knownByIds(db, ids);
  return new Map(rows.map((row) => [row.id, shape(row)]));
}

/** Active administrators: whom the desk tells when nobody else can be told. */
export async function activeAdmins(db: Db): Promise<readonly Known[]> {
  return (await knownActiveAdmins(db)).map(shape);
}

/** Active members of each of these teams, its leads first; one query for any number of teams. */
export async function membersOfTeams(db: Db, teamIds: readonly string[]): Promise<ReadonlyMap<string, readonly Known[]>> {
  const members = new Map<string, Known[]>(teamIds.map((id) => [id, []]));
  for (const { teamId, ...row } of await knownMembersOf(db, teamIds)) members.get(teamId)?.push(shape(row));
  return members;
}

/** Active leads of a team: whom the desk tells what concerns it, when it is nobody's page. */
export async function leadsOf(db: Db, teamId: string): Promise<readonly Known[]> {
  return (await knownLeads(db, teamId)).map(shape);
}

function shape(row: { id: string; number: string; title: string; email: string; phone: string; zone: string; state: string }): Known {
  return { id: row.id, number: row.number, name: row.title, email: row.email, phone: row.phone, zone: row.zone, active: row.state === 'active' };
}
