import { sql, type Selectable, type SqlBool } from 'kysely';
import { iso, ms } from '#kernel/clock.ts';
import { jsonb, type Db, type Json } from '#kernel/database.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import type { MuteRule, MuteState, When } from './rules/index.ts';

type MuteTable = {
  id: string;
  kind: MuteRule['kind'];
  sets: Json;
  startsAt: string;
  endsAt: string | null;
  /** The recurring part of its times. */
  pattern: Json;
  remindMinutes: number | null;
  reminded: boolean;
  active: boolean;
  over: boolean;
  endedByHand: boolean;
  continuesId: string | null;
};
type Tables = { mutesMute: MuteTable };
const tables = (db: Db) => db.$extendTables<Tables>();
export type StoredMute = Selectable<MuteTable>;

const rows = (db: Db, actor: Actor) =>
  tables(db)
    .selectFrom('mutesMute')
    .innerJoin('record', 'record.id', 'mutesMute.id')
    .selectAll('mutesMute')
    .select(['record.number', 'record.title', 'record.ownerId', 'record.openedAt', 'record.version'])
    .where(visible(actor));
export type MuteRow = Awaited<ReturnType<typeof list>>[number];

/** Its times as the rules take them. */
export function whenOf({ startsAt, endsAt, pattern }: Pick<StoredMute, 'startsAt' | 'endsAt' | 'pattern'>): When {
  const times = { from: ms(startsAt), until: endsAt === null ? null : ms(endsAt) };
  return pattern === null ? { kind: 'window', from: times.from, until: times.until ?? times.from } : { ...pattern, ...times };
}

/** The columns that hold times. */
export function timesOf({ from, until, ...rest }: When) {
  return { startsAt: iso(from), endsAt: until === null ? null : iso(until), pattern: rest.kind === 'window' ? null : jsonb(rest) };
}

export interface MuteFilter {
  readonly q?: string | undefined;
  readonly states?: readonly MuteState[] | undefined;
  readonly kinds?: readonly MuteRule['kind'][] | undefined;
  readonly now: number;
  readonly limit: number;
  /** Id of the last one seen. */
  readonly after?: string | undefined;
}

const STATES: Readonly<Record<MuteState, (now: string) => ReturnType<typeof sql<SqlBool>>>> = {
  over: () => sql<SqlBool>`over`,
  active: () => sql<SqlBool>`(active and not over)`,
  coming: (now) => sql<SqlBool>`(not over and starts_at > ${now}::timestamptz)`,
  waiting: (now) => sql<SqlBool>`(not over and not active and starts_at <= ${now}::timestamptz)`,
};

export function list(db: Db, actor: Actor, { q, states, kinds, now, limit, after }: MuteFilter) {
  let from = rows(db, actor);
  if (q) from = from.where('record.title', 'ilike', `%${q}%`);
  if (kinds) from = from.where('mutesMute.kind', 'in', [...kinds]);
  if (states) {
    const any = sql.join(
      [...new Set(states)].map((one) => STATES[one](iso(now))),
      sql` or `,
    );
    from = from.where(sql<SqlBool>`(${any})`);
  }
  if (after) from = from.where('mutesMute.id', '<', after);
  return from.orderBy('mutesMute.id', 'desc').limit(limit).execute();
}

export function byNumber(db: Db, actor: Actor, number: string) {
  return rows(db, actor).where('record.number', '=', number).executeTakeFirst();
}

export function byId(db: Db, id: string) {
  return rows(db, SYSTEM).where('mutesMute.id', '=', id).executeTakeFirst();
}

export function continuationOf(db: Db, id: string) {
  return tables(db).selectFrom('mutesMute').select('id').where('continuesId', '=', id).executeTakeFirst();
}

/** Those with a time in common with the window, over or not. */
export function during(db: Db, actor: Actor, { from, until, limit }: { readonly from: number; readonly until: number; readonly limit: number }) {
  return rows(db, actor)
    .where('startsAt', '<', iso(until))
    .where((e) => e.or([e('endsAt', 'is', null), e('endsAt', '>', iso(from))]))
    .orderBy('startsAt')
    .limit(limit)
    .execute();
}

export function lock(db: Db, id: string) {
  return tables(db).selectFrom('mutesMute').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

export function insert(db: Db, mute: Omit<StoredMute, 'startsAt' | 'endsAt' | 'pattern'> & { readonly when: When }) {
  const { when, sets, ...rest } = mute;
  return tables(db)
    .insertInto('mutesMute')
    .values({ ...rest, sets: jsonb(sets), ...timesOf(when) })
    .execute();
}

export function update(db: Db, id: string, { when, sets, ...rest }: Partial<Omit<StoredMute, 'id' | 'startsAt' | 'endsAt' | 'pattern'>> & { readonly when?: When }) {
  return tables(db)
    .updateTable('mutesMute')
    .set({ ...rest, ...(sets === undefined ? {} : { sets: jsonb(sets) }), ...(when ? timesOf(when) : {}) })
    .where('id', '=', id)
    .execute();
}

const ruleRows = (db: Db) =>
  tables(db)
    .selectFrom('mutesMute')
    .innerJoin('record', 'record.id', 'mutesMute.id')
    .leftJoin('record as maker', 'maker.id', 'record.ownerId')
    .select(['mutesMute.id', 'record.number', 'record.title', 'mutesMute.kind', 'sets', 'startsAt', 'endsAt', 'pattern', 'maker.title as by'])
    .where(visible(SYSTEM));
type RuleRow = Awaited<ReturnType<ReturnType<typeof ruleRows>['execute']>>[number];

const ruleOf = ({ id, number, title, kind, sets, by, ...times }: RuleRow): MuteRule => ({ id, number, title, kind, sets, when: whenOf(times), by: by ?? 'Quarterdeck' });

/** Every one that is not over, in one query. */
export async function inForce(db: Db): Promise<readonly MuteRule[]> {
  return (await ruleRows(db).where('over', '=', false).execute()).map(ruleOf);
}

/** Maintenance with a time in common with the window, over or not, in one query. */
export async function maintenanceDuring(db: Db, { from, until }: { readonly from: number; readonly until: number }): Promise<readonly MuteRule[]> {
  const found = await ruleRows(db)
    .where('mutesMute.kind', '=', 'maintenance')
    .where('startsAt', '<', iso(until))
    .where((e) => e.or([e('endsAt', 'is', null), e('endsAt', '>', iso(from))]))
    .execute();
  return found.map(ruleOf);
}
