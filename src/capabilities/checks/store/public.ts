import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { tables } from './checks.ts';

export interface Published {
  readonly token: string;
  readonly name: string;
  readonly showsReason: boolean;
}

export function publishedOf(db: Db, checkId: string): Promise<Published | undefined> {
  return tables(db).selectFrom('checksPublic').select(['token', 'name', 'showsReason']).where('checkId', '=', checkId).executeTakeFirst();
}

/** Shows a check under a name; an address that it has already stays. */
export async function publish(db: Db, checkId: string, { token, name, showsReason }: Published, now: number): Promise<void> {
  await tables(db)
    .insertInto('checksPublic')
    .values({ checkId, token, name, showsReason, madeAt: iso(now) })
    .onConflict((c) => c.column('checkId').doUpdateSet({ name, showsReason }))
    .execute();
}

export async function unpublish(db: Db, checkId: string): Promise<boolean> {
  const { numDeletedRows } = await tables(db).deleteFrom('checksPublic').where('checkId', '=', checkId).executeTakeFirst();
  return numDeletedRows > 0n;
}

/** The check behind an address, with what may be told of it; one that was made restricted since is not shown. */
export function byToken(db: Db, token: string) {
  return tables(db)
    .selectFrom('checksPublic')
    .innerJoin('checksCheck', 'checksCheck.id', 'checksPublic.checkId')
    .innerJoin('record', 'record.id', 'checksCheck.id')
    .selectAll('checksCheck')
    .select(['record.number', 'record.title', 'checksPublic.name as publicName', 'checksPublic.showsReason'])
    .where('checksPublic.token', '=', token)
    .where('checksCheck.retiredAt', 'is', null)
    .where('record.visibility', '=', 'everyone')
    .where(visible(SYSTEM))
    .executeTakeFirst();
}
