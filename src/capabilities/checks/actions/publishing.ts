import type { Actions, Read } from '#kernel/desk.ts';
import { secret } from '#kernel/ids.ts';
import { allow } from '#kernel/problem.ts';
import type { checks } from '../contract/index.ts';
import { refuseChange } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { lockedRow } from './rows.ts';

/** Where others see the check; null while they do not. */
export async function publicOf({ db, desk }: Pick<Read, 'db' | 'desk'>, id: string) {
  const published = await store.publishedOf(db, id);
  if (!published) return null;
  const { token, name, showsReason } = published;
  const base = `${desk.config.publicUrl}/embed`;
  return { name, showsReason, badgeUrl: `${base}/badge/${token}.svg`, widgetUrl: `${base}/check/${token}` };
}

/** Showing a check on other sites: by an address of its own that ends when it is taken back. */
export const publishActions: Pick<Actions<typeof checks>, 'publish' | 'unpublish'> = {
  async publish(ctx, { number, version, name, showsReason }) {
    const row = await lockedRow(ctx, number);
    await ctx.expect(row.id, version);
    allow(refuseChange({ retired: row.retiredAt !== null }));
    await store.publish(ctx.db, row.id, { token: secret(24), name, showsReason }, ctx.now);
    await ctx.record({ record: row.id, did: 'check.published', data: { showsReason } });
    return (await publicOf(ctx, row.id))!;
  },

  async unpublish(ctx, { number, version }) {
    const row = await lockedRow(ctx, number);
    await ctx.expect(row.id, version);
    if (await store.unpublish(ctx.db, row.id)) await ctx.record({ record: row.id, did: 'check.unpublished' });
    else ctx.unchanged();
    return { number };
  },
};
