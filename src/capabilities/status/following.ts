import { writeAs } from '#kernel/act.ts';
import { iso } from '#kernel/clock.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { askFollower, bearerOf } from './outsiders.ts';
import { shownComponents } from './public/view.ts';
import * as store from './store/index.ts';

const DAY = 86_400_000;
/** Messages to an address that has not answered, a day. */
const ASKED_MOST = 3;
export const CONFIRM_MS = 3 * DAY;

/** Whoever opens a link from a message: nobody of the house. */
const OUTSIDE: Actor = { ...SYSTEM, name: 'somebody outside', via: 'link' };

interface Asked {
  readonly pageId: string;
  readonly channel: store.Channel;
  readonly address: string;
  readonly components: readonly string[];
}

/** Why an address cannot be followed with; undefined when it can. */
export function refuseAddress(channel: store.Channel, address: string): string | undefined {
  if (address.length > 500) return 'This address is too long.';
  if (channel === 'email') return /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+\.[^\s@<>(),;:"\\.]+$/.test(address) ? undefined : 'Write an e-mail address such as ada@example.com.';
  if (!URL.canParse(address)) return 'Write a whole address that begins with https://.';
  const { protocol, username } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return 'The address must begin with https:// or http://.';
  return username ? 'Leave name and password out of the address.' : undefined;
}

const keyOf = (desk: Desk, { pageId, channel, address }: Asked): string =>
  desk.vault.sign('status address', `${pageId} ${channel} ${channel === 'email' ? address.toLowerCase() : address}`).toString('hex');

/**
 * Somebody asks to follow a page. It does and answers the same whether the address is known or not: it is asked, and
 * what was chosen holds once it answers.
 */
export function follow(desk: Desk, asked: Asked): Promise<void> {
  return writeAs(desk, OUTSIDE, (ctx) => ask(ctx, asked), 'quiet');
}

async function ask(ctx: Write, asked: Asked): Promise<void> {
  const page = await store.pageById(ctx.db, asked.pageId);
  if (!page?.published) return;
  await store.lockPage(ctx.db, page.id);
  const shown = new Set((await shownComponents(ctx.db, page.id)).map(({ id }) => id));
  const chosen = [...new Set(asked.components)].filter((id) => shown.has(id));
  const wanted = chosen.length === 0 ? null : chosen;
  const addressKey = keyOf(ctx.desk, asked);
  const known = await store.subscriberOf(ctx.db, page.id, addressKey);
  const isNewDay = known !== undefined && Date.parse(known.askedAt) < ctx.now - DAY;
  if (known && !isNewDay && known.asked >= ASKED_MOST) return;
  const row = {
    id: known?.id ?? uuidv7(ctx.now),
    pageId: page.id,
    channel: asked.channel,
    address: known?.address ?? ctx.desk.vault.encrypt(asked.address),
    addressKey,
    components: known?.components ?? null,
    wanted,
    askedAt: iso(ctx.now),
    asked: known && !isNewDay ? known.asked + 1 : 1,
    confirmedAt: known?.confirmedAt ?? null,
  };
  const changes = { wanted, askedAt: row.askedAt, asked: row.asked };
  if (known) await store.tables(ctx.db).updateTable('statusSubscriber').set(changes).where('id', '=', known.id).execute();
  else await store.tables(ctx.db).insertInto('statusSubscriber').values(row).execute();
  await askFollower(ctx, row, page);
}

/** Whether the link of a message can still be used for it, without doing anything. */
export async function canUse(desk: Desk, deed: 'confirm' | 'leave', token: string): Promise<boolean> {
  const row = await bearerOf({ db: desk.readDb, desk }, deed, token);
  return row !== undefined && (deed === 'leave' || Date.parse(row.askedAt) > desk.clock.now() - CONFIRM_MS);
}

/** They do want it. True also when they had said so before. */
export function confirm(desk: Desk, pageId: string, token: string): Promise<boolean> {
  return writeAs(
    desk,
    OUTSIDE,
    async (ctx) => {
      const row = await bearerOf(ctx, 'confirm', token);
      if (!row || row.pageId !== pageId || Date.parse(row.askedAt) <= ctx.now - CONFIRM_MS) return false;
      const changes = { components: row.wanted, confirmedAt: row.confirmedAt ?? iso(ctx.now) };
      await store.tables(ctx.db).updateTable('statusSubscriber').set(changes).where('id', '=', row.id).execute();
      if (row.confirmedAt === null) await ctx.record({ record: null, did: 'statuspage.followed', data: { page: row.pageId, channel: row.channel } });
      return true;
    },
    'quiet',
  );
}

/** They want nothing more: everything of them is forgotten. A second time changes nothing. */
export function leave(desk: Desk, token: string): Promise<void> {
  return writeAs(
    desk,
    OUTSIDE,
    async (ctx) => {
      const row = await bearerOf(ctx, 'leave', token);
      if (!row) return;
      await store.removeSubscriber(ctx.db, row.id);
      if (row.confirmedAt !== null) await ctx.record({ record: null, did: 'statuspage.left', data: { page: row.pageId, channel: row.channel } });
    },
    'quiet',
  );
}
