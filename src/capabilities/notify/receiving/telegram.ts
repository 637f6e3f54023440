import * as z from 'zod';
import { readAs } from '#kernel/act.ts';
import type { Desk } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { answerMessage } from '../answering.ts';
import { callBot } from '../channels/telegram.ts';
import { notificationOfToken } from '../links.ts';
import { readProviders } from '../providers.ts';
import { deedOfLetter } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { alone, keepPosition, positionOf } from './position.ts';

const Update = z.object({
  update_id: z.number(),
  callback_query: z
    .object({
      id: z.string(),
      from: z.object({ id: z.number() }),
      data: z.string().optional(),
      message: z.object({ message_id: z.number(), chat: z.object({ id: z.number() }) }).optional(),
    })
    .optional(),
  message: z.object({ chat: z.object({ id: z.number() }), text: z.string().optional() }).optional(),
});
const Updates = z.object({ ok: z.literal(true), result: z.array(Update) });

/** Fetches what happened to the bot (Bot API, getUpdates): buttons pressed, and whoever asks for the id of their chat. */
export async function listenTelegram(desk: Desk, { waitSeconds, signal }: { readonly waitSeconds: number; readonly signal: AbortSignal }): Promise<'listened' | 'nothing to do'> {
  const { telegram } = await readAs(desk, SYSTEM, readProviders);
  if (!telegram) return 'nothing to do';
  return alone<'listened' | 'nothing to do'>(
    desk,
    'telegram',
    async () => {
      const offset = Number(await positionOf(desk.db, 'telegram')) || 0;
      const answer = await desk.outgoing.request({
        url: `${telegram.baseUrl}/bot${telegram.token}/getUpdates`,
        origin: 'trusted',
        method: 'POST',
        timeoutMs: (waitSeconds + 10) * 1000,
        keep: 1_000_000,
        signal,
        headers: { 'content-type': 'application/json' },
        // Few at once: what strangers write to the bot must fit into what is kept of the answer.
        body: JSON.stringify({ offset, limit: 20, timeout: waitSeconds, allowed_updates: ['callback_query', 'message'] }),
      });
      if (answer.status !== 200) throw new Error(`Telegram answered ${answer.status}`);
      for (const update of Updates.parse(JSON.parse(answer.body)).result) {
        await take(desk, update).catch((error: unknown) => desk.log.warn({ err: error }, 'an answer from Telegram could not be taken'));
        await keepPosition(desk, 'telegram', String(update.update_id + 1));
      }
      return 'listened';
    },
    'nothing to do',
  );
}

async function take(desk: Desk, { callback_query: pressed, message }: z.infer<typeof Update>): Promise<void> {
  if (message?.text?.startsWith('/start')) {
    await callBot(desk, 'sendMessage', { chat_id: message.chat.id, text: `The id of this chat is ${message.chat.id}. Add it to your contacts in Quarterdeck.` });
    return;
  }
  if (!pressed) return;
  const text = await answerOf(desk, pressed);
  await callBot(desk, 'answerCallbackQuery', { callback_query_id: pressed.id, text: text.slice(0, 200) });
}

/** A button acts for the person whose own chat it was sent to, and for nobody else who sees it. */
async function answerOf(desk: Desk, pressed: NonNullable<z.infer<typeof Update>['callback_query']>): Promise<string> {
  const deed = deedOfLetter(pressed.data?.[0] ?? '');
  const notification = notificationOfToken(desk, pressed.data?.slice(1) ?? '');
  if (!deed || !notification) return 'This button does nothing any more.';
  const chat = await store.addressOf({ db: desk.db, vault: desk.vault }, notification);
  if (chat !== String(pressed.message?.chat.id) || chat !== String(pressed.from.id)) return 'This page is not yours to answer.';
  return answerMessage(desk, { notification, deed, via: 'Telegram' });
}
