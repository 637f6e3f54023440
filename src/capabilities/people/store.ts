import { sql, type SqlBool } from 'kysely';
import type { Db } from '#kernel/database.ts';
import { visible } from '#kernel/visible.ts';
import { SYSTEM, type Actor, type Role } from '#kernel/permissions.ts';
import type { Person, Team } from './contract.ts';

type PersonTable = {
  id: string;
  email: string;
  role: Role;
  state: 'invited' | 'active' | 'left';
  zone: string;
  jobTitle: string;
  phone: string;
  password: string | null;
  totpSecret: string | null;
  totpPending: string | null;
  totpLastStep: number | null;
  createdAt: string;
};
type Tables = {
  peoplePerson: PersonTable;
  peopleRecoveryCode: { personId: string; hash: Buffer; usedAt: string | null };
  peopleSession: {
    id: string;
    personId: string;
    tokenHash: Buffer;
    createdAt: string;
    seenAt: string;
    endsAt: string;
    endedAt: string | null;
    address: string;
    agent: string;
  };
  peopleToken: {
    id: string;
    personId: string;
    name: string;
    prefix: string;
    tokenHash: Buffer;
    scopes: string[] | null;
    createdAt: string;
    expiresAt: string | null;
    usedAt: string | null;
    revokedAt: string | null;
  };
  peopleTicket: {
    id: string;
    purpose: 'setup' | 'invitation' | 'reset' | 'demo';
    personId: string | null;
    tokenHash: Buffer;
    createdAt: string;
    expiresAt: string;
    usedAt: string | null;
  };
  peopleTeam: { id: string; about: string };
  peopleMember: { teamId: string; personId: string; leads: boolean };
};

export const tables = (db: Db) => db.$extendTables<Tables>();

const people = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('peoplePerson')
    .innerJoin('record', 'record.id', 'peoplePerson.id')
    .select(['peoplePerson.id', 'email', 'role', 'state', 'zone', 'jobTitle', 'phone', 'totpSecret', 'record.number', 'record.title', 'record.version'])
    .where(visible(actor));

export interface PeopleFilter {
  readonly q?: string | undefined;
  readonly teamId?: string | undefined;
  readonly roles?: readonly Role[] | undefined;
  readonly states?: readonly ('invited' | 'active' | 'left')[] | undefined;
  readonly limit: number;
  readonly after?: { title: string; id: string } | undefined;
}

export function list(db: Db, actor: Actor, filter: PeopleFilter) {
  let from = people(db, actor);
  if (filter.q) from = from.where(sql<SqlBool>`(record.title ilike ${`%${filter.q}%`} or email ilike ${`%${filter.q}%`})`);
  if (filter.teamId) from = from.where(sql<SqlBool>`exists (select 1 from people_member m where m.person_id = people_person.id and m.team_id = ${filter.teamId})`);
  if (filter.roles) from = from.where('role', 'in', [...filter.roles]);
  if (filter.states) from = from.where('state', 'in', [...filter.states]);
  if (filter.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${filter.after.title}, ${filter.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function byNumber(db: Db, actor: Actor, number: string) {
  return people(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function byId(db: Db, actor: Actor, id: string) {
  return people(db, actor).where('peoplePerson.id', '=', id).executeTakeFirst();
}

/** The row with its secrets, for sign-in. Locked: two sign-ins with one code are one after the other. */
export function forSignIn(db: Db, email: string) {
  return tables(db)
    .selectFrom('peoplePerson')
    .selectAll()
    .where(sql<SqlBool>`lower(email) = ${email.toLowerCase()}`)
    .forUpdate()
    .executeTakeFirst();
}

export function withSecrets(db: Db, id: string) {
  return tables(db).selectFrom('peoplePerson').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow();
}

type Joined = Awaited<ReturnType<typeof list>>[number];

/** People as they go over the wire, with the teams each is in: one query for all of them. */
export async function shown(db: Db, rows: readonly Joined[]): Promise<Person[]> {
  if (rows.length === 0) return [];
  const teams = await tables(db)
    .selectFrom('peopleMember')
    .innerJoin('record', 'record.id', 'peopleMember.teamId')
    .select(['personId', 'leads', 'record.id', 'record.kind', 'record.number', 'record.title'])
    .where(
      'personId',
      'in',
      rows.map((row) => row.id),
    )
    .where('record.visibility', '=', 'everyone')
    .orderBy('record.title')
    .execute();
  return rows.map(({ totpSecret, title, ...row }) => ({
    ...row,
    name: title,
    secondFactor: totpSecret !== null,
    teams: teams.filter((team) => team.personId === row.id).map(({ personId: _, ...team }) => team),
  }));
}

export function otherAdmins(db: Db, than: string) {
  return tables(db).selectFrom('peoplePerson').select('id').where('role', '=', 'admin').where('state', '=', 'active').where('id', '!=', than).forUpdate().execute();
}

export async function someoneCanSignIn(db: Db): Promise<boolean> {
  return (await tables(db).selectFrom('peoplePerson').select('id').where('password', 'is not', null).limit(1).executeTakeFirst()) !== undefined;
}

const teamRows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('peopleTeam')
    .innerJoin('record', 'record.id', 'peopleTeam.id')
    .select(['peopleTeam.id', 'about', 'record.number', 'record.title', 'record.version'])
    .where(visible(actor));

export function teams(db: Db, actor: Actor, filter: { q?: string | undefined; limit: number; after?: { title: string; id: string } | undefined }) {
  let from = teamRows(db, actor);
  if (filter.q) from = from.where('record.title', 'ilike', `%${filter.q}%`);
  if (filter.after) from = from.where(sql<SqlBool>`(record.title, record.id) > (${filter.after.title}, ${filter.after.id}::uuid)`);
  return from.orderBy('record.title').orderBy('record.id').limit(filter.limit).execute();
}

export function teamByNumber(db: Db, actor: Actor, number: string) {
  return teamRows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export async function shownTeams(db: Db, rows: Awaited<ReturnType<typeof teams>>): Promise<Team[]> {
  if (rows.length === 0) return [];
  const members = await tables(db)
    .selectFrom('peopleMember')
    .innerJoin('record', 'record.id', 'peopleMember.personId')
    .select(['peopleMember.teamId', 'leads', 'record.id', 'record.kind', 'record.number', 'record.title'])
    .where(
      'peopleMember.teamId',
      'in',
      rows.map((row) => row.id),
    )
    .where('record.visibility', '=', 'everyone')
    .orderBy('leads', 'desc')
    .orderBy('record.title')
    .execute();
  return rows.map(({ title, ...row }) => ({
    ...row,
    name: title,
    members: members.filter((m) => m.teamId === row.id).map(({ teamId: _, ...member }) => member),
  }));
}

/** The signed-in actor behind a session or token: one query. */
export async function actorBy(db: Db, hash: Buffer, now: string) {
  const { rows } = await sql<{
    session: string | null;
    token: string | null;
    id: string;
    name: string;
    role: Role;
    teams: string[];
    leads: string[];
    scopes: string[] | null;
  }>`
    select s.id as session, t.id as token, p.id, record.title as name, p.role, t.scopes,
      array(select m.team_id from people_member m where m.person_id = p.id) as teams,
      array(select m.team_id from people_member m where m.person_id = p.id and m.leads) as leads
    from people_person p join record on record.id = p.id and record.visibility = 'everyone'
    left join people_session s on s.person_id = p.id and s.token_hash = ${hash} and s.ended_at is null and s.ends_at > ${now}
    left join people_token t on t.person_id = p.id and t.token_hash = ${hash} and t.revoked_at is null and (t.expires_at is null or t.expires_at > ${now})
    where p.state = 'active' and p.id = coalesce(
      (select person_id from people_session where token_hash = ${hash}), (select person_id from people_token where token_hash = ${hash}))
      and (s.id is not null or t.id is not null)`.execute(db);
  return rows[0];
}

/** People are never restricted, so what the desk itself needs of them is read as the desk. */
const known = (db: Db) =>
  tables(db)
    .selectFrom('peoplePerson')
    .innerJoin('record', 'record.id', 'peoplePerson.id')
    .select(['peoplePerson.id', 'record.number', 'record.title', 'email', 'phone', 'zone', 'state'])
    .where(visible(SYSTEM));

export function knownByIds(db: Db, ids: readonly string[]) {
  return known(db)
    .where(sql<SqlBool>`people_person.id = any(${[...new Set(ids)]}::uuid[])`)
    .execute();
}

export function knownByName(db: Db, names: readonly string[]) {
  return known(db)
    .where(sql<SqlBool>`lower(record.title) = any(${names.map((name) => name.toLowerCase())}::text[])`)
    .where('state', '!=', 'left')
    .execute();
}

export function knownByAddress(db: Db, addresses: readonly string[]) {
  return tables(db)
    .selectFrom('peoplePerson')
    .select(['id', 'email'])
    .where(sql<SqlBool>`lower(email) = any(${[...addresses]}::text[])`)
    .where('state', '!=', 'left')
    .execute();
}

export function knownActiveAdmins(db: Db) {
  return known(db).where('role', '=', 'admin').where('state', '=', 'active').orderBy('record.openedAt').execute();
}

export function knownLeads(db: Db, teamId: string) {
  return known(db)
    .innerJoin('peopleMember', 'peopleMember.personId', 'peoplePerson.id')
    .where('peopleMember.teamId', '=', teamId)
    .where('leads', '=', true)
    .where('state', '=', 'active')
    .orderBy('record.title')
    .execute();
}

export function knownMembersOf(db: Db, teamIds: readonly string[]) {
  return known(db)
    .innerJoin('peopleMember', 'peopleMember.personId', 'peoplePerson.id')
    .select('peopleMember.teamId')
    .where(sql<SqlBool>`people_member.team_id = any(${[...teamIds]}::uuid[])`)
    .where('state', '=', 'active')
    .orderBy('leads', 'desc')
    .orderBy('record.title')
    .execute();
}
