import { iso } from '#kernel/clock.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { rotas } from '../contract/index.ts';
import { feedUrl } from '../feeds/address.ts';
import * as store from '../store/index.ts';
import { rotaRow } from './shown.ts';

const MOST = 50;

export const feedActions: Pick<Actions<typeof rotas>, 'feeds' | 'addFeed' | 'removeFeed'> = {
  feeds: (ctx) => mine(ctx),

  async addFeed(ctx, { rota }) {
    const personId = owner(ctx);
    const rotaId = rota === undefined ? null : (await rotaRow(ctx, rota)).id;
    const there = await store.feedsOf(ctx.db, personId);
    if (there.some((feed) => feed.rotaId === rotaId)) {
      ctx.unchanged();
      return mine(ctx);
    }
    allow(there.length >= MOST ? `You have ${MOST} calendar addresses. Remove one first.` : undefined);
    await store.addFeed(ctx.db, { id: uuidv7(ctx.now), personId, rotaId, createdAt: iso(ctx.now) });
    await ctx.record({ record: personId, did: 'feed.added', data: { rota: rotaId } });
    return mine(ctx);
  },

  async removeFeed(ctx, { id }) {
    const personId = owner(ctx);
    if (!(await store.removeFeed(ctx.db, { id, personId, at: iso(ctx.now) }))) throw missing('This calendar');
    await ctx.record({ record: personId, did: 'feed.removed' });
    return mine(ctx);
  },
};

/** The bootstrap token is nobody, so it has no calendars. */
function owner({ actor }: Read | Write): string {
  if (actor.id === null) throw missing('Your calendars');
  return actor.id;
}

async function mine(ctx: Read | Write) {
  const feeds = await store.feedsOf(ctx.db, owner(ctx));
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    feeds.map(({ rotaId }) => rotaId),
  );
  return {
    items: feeds
      .filter(({ rotaId }) => rotaId === null || refs.has(rotaId))
      .map(({ id, rotaId, createdAt, readAt }) => ({ id, rota: refs.get(rotaId ?? '') ?? null, url: feedUrl(ctx.desk, id), createdAt, readAt })),
  };
}
