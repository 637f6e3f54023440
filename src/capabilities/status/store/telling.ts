import type { Db } from '#kernel/database.ts';
import { tables } from './tables.ts';

export function templates(db: Db) {
  return tables(db).selectFrom('statusTemplate').selectAll().execute();
}

export function audiences(db: Db) {
  return tables(db).selectFrom('statusAudience').selectAll().execute();
}

export function messagesAbout(db: Db, aboutId: string) {
  return tables(db).selectFrom('statusMessage').selectAll().where('aboutId', '=', aboutId).orderBy('madeAt', 'desc').limit(200).execute();
}

export function messageById(db: Db, id: string) {
  return tables(db).selectFrom('statusMessage').selectAll().where('id', '=', id).executeTakeFirst();
}
