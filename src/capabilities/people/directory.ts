import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { tables } from './store.ts';

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
  const rows = await known(db).where(sql<SqlBool>`people_person.id = any(${[...new Set(ids)]}::uuid[])`).execute();
  return new Map(rows.map((row) => [row.id, shape(row)]));
}

/** Active administrators: whom the desk tells when nobody else can be told. */
export async function activeAdmins(db: Db): Promise<readonly Known[]> {
  return (await known(db).where('role', '=', 'admin').where('state', '=', 'active').orderBy('record.openedAt').execute()).map(shape);
}

/** Active members of a team, its leads first. */
export async function membersOf(db: Db, teamId: string): Promise<readonly Known[]> {
  const rows = await known(db).innerJoin('peopleMember', 'peopleMember.personId', 'peoplePerson.id')
    .where('peopleMember.teamId', '=', teamId).where('state', '=', 'active').orderBy('leads', 'desc').orderBy('record.title').execute();
  return rows.map(shape);
}

const known = (db: Db) => tables(db).selectFrom('peoplePerson').innerJoin('record', 'record.id', 'peoplePerson.id')
  .select(['peoplePerson.id', 'record.number', 'record.title', 'email', 'phone', 'zone', 'state']).where('record.visibility', '=', 'everyone');

function shape(row: { id: string; number: string; title: string; email: string; phone: string; zone: string; state: string }): Known {
  return { id: row.id, number: row.number, name: row.title, email: row.email, phone: row.phone, zone: row.zone, active: row.state === 'active' };
}
