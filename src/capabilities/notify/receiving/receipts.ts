import { writeAs } from '#kernel/act.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { isNews, type Receipt } from '../rules/index.ts';
import { afterReceipt } from '../sending/failing.ts';
import { senderOf } from '../sending/sender.ts';
import * as store from '../store/index.ts';

interface Came {
  readonly notification: string;
  /** What the provider calls the message. */
  readonly ref: string;
  readonly receipt: Receipt;
}

/** What a provider says became of a message, in whatever order it says so. A message that failed after all uses the next contact. */
export async function takeReceipt(desk: Desk, came: Came): Promise<void> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(came.notification)) return;
  // A receipt may overtake the result of the call that it belongs to.
  await senderOf(desk).written(came.notification);
  await writeAs(desk, SYSTEM, (ctx) => take(ctx, came), 'quiet');
}

async function take(ctx: Write, { notification, ref, receipt }: Came): Promise<void> {
  const row = await store.lockNotification(ctx.db, notification);
  if (row?.state !== 'sent' || (row.providerRef !== null && row.providerRef !== ref) || !isNews(row.receiptOrder, receipt)) return;
  await store.tables(ctx.db).updateTable('notifyNotification').set({ receipt: receipt.word, receiptOrder: receipt.order }).where('id', '=', row.id).execute();
  if (receipt.failed) await afterReceipt(ctx, row, `Twilio reports: ${receipt.word}.`);
  else
    await ctx.record({
      record: row.aboutId ?? row.personId,
      did: 'page.receipt',
      data: { person: row.personId, channel: row.channel, notification: row.id, receipt: receipt.word },
    });
}
