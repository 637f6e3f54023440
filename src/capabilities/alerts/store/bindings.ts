import type { Db } from '#kernel/database.ts';
import type { Actor } from '#kernel/permissions.ts';
import { visible } from '#kernel/visible.ts';
import { tables } from './tables.ts';

export function bindings(db: Db, actor: Actor) {
  return tables(db)
    .selectFrom('alertsBinding')
    .innerJoin('record', 'record.id', 'alertsBinding.serviceId')
    .select(['alertsBinding.id', 'matchers', 'serviceId', 'record.number', 'record.title', 'record.kind'])
    .where(visible(actor))
    .orderBy('position')
    .limit(500)
    .execute();
}
