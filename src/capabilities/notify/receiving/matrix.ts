import * as z from 'zod';
import { readAs } from '#kernel/act.ts';
import type { Desk } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { answerMessage } from '../answering.ts';
import type { Providers } from '../contract/providers.ts';
import { readProviders } from '../providers.ts';
import { deedOfReaction } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { alone, keepPosition, positionOf } from './position.ts';

type Account = NonNullable<Providers['matrix']>;
const Relation = z.object({
  rel_type: z.string().optional(),
  event_id: z.string().optional(),
  key: z.string().optional(),
  'm.in_reply_to': z.object({ event_id: z.string() }).optional(),
});
const Event = z.object({ type: z.string(), sender: z.string(), content: z.object({ body: z.string().optional(), 'm.relates_to': Relation.optional() }).catch({}) });
const Synced = z.object({
  next_batch: z.string(),
  rooms: z.object({ join: z.record(z.string(), z.object({ timeline: z.object({ events: z.array(z.unknown()) }).optional() })).optional() }).optional(),
});

/** What rooms say is read by /sync; only what came in since the last time, and only messages and reactions. */
const FILTER = JSON.stringify({
  presence: { not_types: ['*'] },
  account_data: { not_types: ['*'] },
  room: { timeline: { types: ['m.room.message', 'm.reaction'], limit: 50 }, state: { not_types: ['*'] }, ephemeral: { not_types: ['*'] }, account_data: { not_types: ['*'] } },
});

/** Reactions and replies to pages (Client-Server API, /sync), fetched, so that no public address is needed. */
export async function listenMatrix(desk: Desk, { waitSeconds, signal }: { readonly waitSeconds: number; readonly signal: AbortSignal }): Promise<'listened' | 'nothing to do'> {
  const { matrix } = await readAs(desk, SYSTEM, readProviders);
  if (!matrix) return 'nothing to do';
  return alone<'listened' | 'nothing to do'>(
    desk,
    'matrix',
    async () => {
      const since = await positionOf(desk.db, 'matrix');
      const question = new URLSearchParams({ timeout: String(since === '' ? 0 : waitSeconds * 1000), filter: FILTER, ...(since !== '' && { since }) });
      const answer = await ask(desk, matrix, { path: `/sync?${question}`, timeoutMs: (waitSeconds + 10) * 1000, signal });
      const synced = Synced.parse(JSON.parse(answer));
      // The first answer is what was said before the desk listened: it asks for nothing.
      if (since !== '') await takeAll(desk, matrix, synced);
      await keepPosition(desk, 'matrix', synced.next_batch);
      return 'listened';
    },
    'nothing to do',
  );
}

async function takeAll(desk: Desk, account: Account, synced: z.infer<typeof Synced>): Promise<void> {
  const rooms = Object.entries(synced.rooms?.join ?? {});
  if (rooms.length === 0) return;
  const self = z.object({ user_id: z.string() }).parse(JSON.parse(await ask(desk, account, { path: '/account/whoami', timeoutMs: 10_000 }))).user_id;
  for (const [room, { timeline }] of rooms) {
    for (const raw of timeline?.events ?? []) {
      const event = Event.safeParse(raw);
      if (!event.success || event.data.sender === self) continue;
      // What cannot be taken is passed over: asked for again and again, it would be done again and again.
      await take(desk, account, { room, event: event.data }).catch((error: unknown) => desk.log.warn({ err: error }, 'an answer from Matrix could not be taken'));
    }
  }
}

async function take(desk: Desk, account: Account, { room, event }: { room: string; event: z.infer<typeof Event> }): Promise<void> {
  const relation = event.content['m.relates_to'];
  const [to, text] = event.type === 'm.reaction' ? [relation?.event_id, relation?.key] : [relation?.['m.in_reply_to']?.event_id, withoutQuote(event.content.body ?? '')];
  const deed = deedOfReaction(text ?? '');
  if (to === undefined || !deed) return;
  const message = await store.messageOfRef(desk.db, 'matrix', to);
  // Whoever is in the person's own room may answer for them; the room must be the one that the page went to.
  if (!message || (await store.addressOf({ db: desk.db, vault: desk.vault }, message.id)) !== room) return;
  const said = await answerMessage(desk, { notification: message.id, deed, via: 'Matrix' });
  const path = `/rooms/${encodeURIComponent(room)}/send/m.room.message/answer-${encodeURIComponent(to)}-${deed}`;
  await ask(desk, account, { path, timeoutMs: 10_000, method: 'PUT', body: JSON.stringify({ msgtype: 'm.notice', body: said }) });
}

/** A reply repeats what it answers in lines that begin with `>`. */
const withoutQuote = (body: string) => body.replaceAll(/^>.*$/gm, '').trim();

interface Question {
  readonly path: string;
  readonly timeoutMs: number;
  readonly method?: string;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

async function ask(desk: Desk, account: Account, { path, method = 'GET', ...rest }: Question): Promise<string> {
  const answer = await desk.outgoing.request({
    url: `${account.baseUrl}/_matrix/client/v3${path}`,
    origin: 'trusted',
    method,
    keep: 2_000_000,
    headers: { authorization: `Bearer ${account.token}`, ...(rest.body !== undefined && { 'content-type': 'application/json' }) },
    ...rest,
  });
  if (answer.status !== 200) throw new Error(`Matrix answered ${answer.status}`);
  return answer.body;
}
