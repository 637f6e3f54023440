import type { Db } from '#kernel/database.ts';
import { knownActiveAdmins, knownByAddress, knownByIds, knownByName, knownLeads, knownMembersOf } from './store.ts';

/** What other capabilities may know of a person. */
export interface Known {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly zone: string;
  readonly active: boolean;
  /** Left the desk: is told nothing any more. */
  readonly left: boolean;
}

/** People by id, in no order; ids that are not people are left out. */
export async function peopleByIds(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, Known>> {
  if (ids.length === 0) return new Map();
  const rows = await knownByIds(db, ids);
  return new Map(rows.map((row) => [row.id, shape(row)]));
}

/** Ids of people by their address in lower case; those who have left are nobody. */
export async function peopleByAddress(db: Db, addresses: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (addresses.length === 0) return new Map();
  return new Map((await knownByAddress(db, addresses)).map(({ email, id }) => [email.toLowerCase(), id]));
}

/** Ids of people by their name in lower case; a name that two have names nobody, and those who have left are nobody. */
export async function peopleByName(db: Db, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map();
  const named = Map.groupBy(await knownByName(db, names), ({ title }) => title.toLowerCase());
  return new Map([...named].flatMap(([name, people]) => (people.length === 1 && people[0] ? [[name, people[0].id]] : [])));
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
  return { id: row.id, number: row.number, name: row.title, email: row.email, phone: row.phone, zone: row.zone, active: row.state === 'active', left: row.state === 'left' };
}
