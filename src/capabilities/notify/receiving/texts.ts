import { writeAs } from '#kernel/act.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { iso } from '#kernel/clock.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { byNumber } from '#kernel/records/index.ts';
import { answerMessage } from '../answering.ts';
import { readReply, WRONG_ANSWERS, type Deed, type Reply } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { addressKey } from '../ways.ts';

type Meant = { readonly kind: 'answer'; readonly notification: string; readonly deed: Deed } | { readonly kind: 'say'; readonly sentence: string | null };

const nothing: Meant = { kind: 'say', sentence: null };

/** What a text message does, and what is told back: nothing to a number that the desk does not know. */
export async function answerText(desk: Desk, came: { readonly from: string; readonly text: string }): Promise<string | null> {
  const meant = await writeAs(desk, SYSTEM, (ctx) => read(ctx, came), 'quiet');
  return meant.kind === 'say' ? meant.sentence : answerMessage(desk, { notification: meant.notification, deed: meant.deed, via: 'SMS' });
}

async function read(ctx: Write, { from, text }: { readonly from: string; readonly text: string }): Promise<Meant> {
  const key = addressKey(ctx.desk, from);
  const callers = await store.contactsAt(ctx.db, key);
  if (callers.length === 0) return nothing;
  const reply = readReply(text);
  if (reply.kind === 'stop' || reply.kind === 'start') return turn(ctx, callers, reply.kind);
  const found = await messageMeant(ctx, reply, { key, callers });
  const wrong = await store.countWrong(ctx.db, key, found ? 'none' : 'one more');
  if (found) return found;
  const sentence =
    reply.kind === 'unknown' ? 'Reply with the code of a page and a letter, such as 1a to acknowledge, 1e to escalate, 1r to resolve.' : 'There is no open page by this name.';
  return { kind: 'say', sentence: wrong > WRONG_ANSWERS ? null : sentence };
}

async function messageMeant(ctx: Write, reply: Reply, from: { key: string; callers: readonly store.Caller[] }): Promise<Meant | null> {
  if (reply.kind === 'stop' || reply.kind === 'start' || reply.kind === 'unknown') return null;
  const contacts = from.callers.map((caller) => caller.id);
  const page = reply.kind === 'code' ? await store.pageOfCode(ctx.db, from.key, reply.code) : undefined;
  const record = reply.kind === 'record' ? await byNumber(ctx.db, SYSTEM, reply.number).catch(() => undefined) : undefined;
  if ((reply.kind === 'code' && !page) || (reply.kind === 'record' && !record)) return null;
  const message = await store.lastMessageTo(ctx.db, { contacts, ...(page && { pageId: page.id }), ...(record && { about: record.id }) });
  return message ? { kind: 'answer', notification: message.bundleId ?? message.id, deed: reply.deed } : null;
}

/** STOP and START of whoever holds the phone: the contact is off and on again, and its person's page says so. */
async function turn(ctx: Write, callers: readonly store.Caller[], way: 'stop' | 'start'): Promise<Meant> {
  const meant = callers.filter((caller) => (caller.disabledAt === null) === (way === 'stop'));
  for (const caller of meant) {
    await store
      .tables(ctx.db)
      .updateTable('notifyContact')
      .set({ disabledAt: way === 'stop' ? iso(ctx.now) : null })
      .where('id', '=', caller.id)
      .execute();
    await ctx.record({ record: caller.personId, did: way === 'stop' ? 'contact.disabled' : 'contact.enabled', data: { contact: caller.id, person: caller.personId } });
  }
  return { kind: 'say', sentence: way === 'start' ? 'Quarterdeck sends texts to this number again. Reply STOP to end that.' : null };
}
