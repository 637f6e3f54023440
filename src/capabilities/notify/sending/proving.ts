import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import * as store from '../store/index.ts';
import type { Way } from '../ways.ts';
import { toldOf } from './told.ts';

/** Phones: who holds it types in the code that it was sent. */
const TYPED_BACK = new Set<string>(['sms', 'voice']);

/** A test that was taken proves the contact, unless a code must come back first. */
export async function proven(ctx: Write, row: store.NotificationRow, way: Pick<Way, 'id' | 'channel' | 'address' | 'label'>): Promise<void> {
  const shared = row.personId === null;
  await ctx.record({ record: shared ? way.id : row.personId, did: shared ? 'channel.verified' : 'contact.verified', data: toldOf(row, way) });
  if (way.id === 'browser' || TYPED_BACK.has(way.channel)) return;
  const verifiedAt = iso(ctx.now);
  if (shared) await store.tables(ctx.db).updateTable('notifyChannel').set({ verifiedAt }).where('id', '=', way.id).execute();
  else if (way.id !== 'email') await store.tables(ctx.db).updateTable('notifyContact').set({ verifiedAt }).where('id', '=', way.id).execute();
  else await provenMailbox(ctx, row.personId, way.address);
}

/** The mailbox of the profile gets a row of its own to remember it. */
async function provenMailbox(ctx: Write, personId: string | null, address: string): Promise<void> {
  if (personId === null) return;
  const { db, now } = ctx;
  await store.tables(db).deleteFrom('notifyContact').where('personId', '=', personId).where('channel', '=', 'email').where('address', '=', address).execute();
  const mailbox = { id: uuidv7(now), personId, channel: 'email' as const, label: 'Mail', address, sealed: false, verifiedAt: iso(now), createdAt: iso(now), codeTries: 0 };
  await store
    .tables(db)
    .insertInto('notifyContact')
    .values({ ...mailbox, removedAt: null, addressKey: null, disabledAt: null, codeHash: null, codeUntil: null })
    .execute();
}
