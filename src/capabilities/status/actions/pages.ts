import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { secret } from '#kernel/ids.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField } from '#kernel/problem.ts';
import { status, type PushTarget } from '../contract/index.ts';
import { filesOf } from '../public/built.ts';
import { logoFor } from '../public/snapshot.ts';
import { viewOf } from '../public/view.ts';
import { settlePage } from '../settling.ts';
import { pageRowOf, shownComponents, shownPage, shownPages, type Seer } from '../shown.ts';
import * as store from '../store/index.ts';

type Pages = Pick<Actions<typeof status>, 'pages' | 'page' | 'createPage' | 'changePage' | 'setLogo' | 'renewLink' | 'files' | 'setPush' | 'pushNow'>;

export const pageActions: Pages = {
  async pages(ctx, { limit, cursor }) {
    const [title, id] = keyOf(cursor, 2);
    const rows = await store.listPages(ctx.db, ctx.actor, { limit: limit + 1, after: title !== undefined && id ? { title, id } : undefined });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await shownPages(ctx, shown), cursor: last ? cursorOf([last.title, last.id]) : null };
  },

  page: (ctx, { number }) => detailOf(ctx, number),

  async createPage(ctx, { title, slug, about, access, colour }) {
    await refuseSlug(ctx, slug, null);
    const opened = await ctx.open({ kind: 'statuspage', title, words: `${slug} ${about}`, did: 'statuspage.created' });
    await store
      .tables(ctx.db)
      .insertInto('statusPage')
      .values({
        id: opened.id,
        slug,
        about,
        access,
        colour,
        linkSecret: ctx.desk.vault.encrypt(secret(24)),
        published: false,
        logo: null,
        logoType: null,
        push: null,
        pushedAt: null,
      })
      .execute();
    return shownPage(ctx, opened.number);
  },

  async changePage(ctx, { number, version, title, slug, ...changes }) {
    const row = await pageRowOf(ctx, number);
    await ctx.expect(row.id, version);
    if (slug !== undefined) await refuseSlug(ctx, slug, row.id);
    const set = Object.fromEntries(Object.entries({ slug, ...changes }).filter(([, value]) => value !== undefined));
    if (Object.keys(set).length > 0) await store.tables(ctx.db).updateTable('statusPage').set(set).where('id', '=', row.id).execute();
    await ctx.amend(row.id, { words: `${slug ?? row.slug} ${changes.about ?? row.about}`, ...(title === undefined ? {} : { title }) });
    const turned = changes.published !== undefined && changes.published !== row.published;
    await ctx.record({ record: row.id, did: turned ? (changes.published ? 'statuspage.published' : 'statuspage.hidden') : 'statuspage.changed' });
    await settlePage(ctx, row.id);
    return shownPage(ctx, number);
  },

  async setLogo(ctx, { number, version, base64 }) {
    const row = await pageRowOf(ctx, number);
    await ctx.expect(row.id, version);
    const logo = base64 === null ? null : Buffer.from(base64, 'base64');
    const logoType = logo === null ? null : pictureType(logo);
    if (logo !== null && logoType === null) throw invalidField('base64', 'This is not a picture as PNG, JPEG or WebP.');
    await store.tables(ctx.db).updateTable('statusPage').set({ logo, logoType }).where('id', '=', row.id).execute();
    await ctx.record({ record: row.id, did: 'statuspage.changed' });
    await settlePage(ctx, row.id);
    return shownPage(ctx, number);
  },

  async renewLink(ctx, { number, version }) {
    const row = await pageRowOf(ctx, number);
    await ctx.expect(row.id, version);
    await store
      .tables(ctx.db)
      .updateTable('statusPage')
      .set({ linkSecret: ctx.desk.vault.encrypt(secret(24)) })
      .where('id', '=', row.id)
      .execute();
    await ctx.record({ record: row.id, did: 'statuspage.linked' });
    await settlePage(ctx, row.id);
    return shownPage(ctx, number);
  },

  async files(ctx, { number }) {
    const page = await pageRowOf(ctx, number);
    const logo = await logoFor(ctx.desk, page);
    const view = await viewOf(ctx, page, logo ? 'logo' : null);
    return { files: filesOf(ctx.desk, view, logo).map(({ path, type, body }) => ({ path, type, base64: body.toString('base64') })) };
  },

  async setPush(ctx, { number, version, push }) {
    const row = await pageRowOf(ctx, number);
    await ctx.expect(row.id, version);
    if (push !== null) allow(refusePushing(row));
    const sealed = push === null ? null : ctx.desk.vault.encrypt(JSON.stringify(push));
    await store.tables(ctx.db).updateTable('statusPage').set({ push: sealed, pushedAt: null, pushResult: '' }).where('id', '=', row.id).execute();
    await ctx.record({ record: row.id, did: 'statuspage.changed' });
    await settlePage(ctx, row.id);
    return detailOf(ctx, number);
  },

  async pushNow(ctx, { number }) {
    const row = await pageRowOf(ctx, number);
    allow(row.push === null ? 'Say first where the files are pushed.' : refusePushing(row));
    await ctx.enqueue('status.push', { page: row.id }, { key: `status:push:${row.id}`, runAt: ctx.now });
    await ctx.record({ record: row.id, did: 'statuspage.pushing' });
    return { number };
  },
};

async function detailOf(ctx: Seer, number: string) {
  const row = await pageRowOf(ctx, number);
  const refusal = (can: 'status.manage' | 'status.write') => refusePermission(ctx.actor, can, status.permissions) ?? null;
  return {
    page: await shownPage(ctx, number),
    components: await shownComponents(ctx, await store.componentsOf(ctx.db, [row.id])),
    following: await store.countFollowers(ctx.db, row.id, []),
    push: pushShown(ctx, row),
    may: { change: refusal('status.manage'), post: refusal('status.write') },
  };
}

/** A copy asks nobody for a secret or a session. */
export function refusePushing({ access, published }: Pick<store.PageRow, 'access' | 'published'>): string | undefined {
  if (access !== 'public') return 'Only a page that everybody may read is copied elsewhere.';
  return published ? undefined : 'This page is hidden. Publish it before it is copied elsewhere.';
}

/** Where files go, without what opens it. */
function pushShown({ desk }: Seer, row: store.PageRow) {
  if (row.push === null) return null;
  const target: PushTarget = JSON.parse(desk.vault.decrypt(row.push));
  const to = target.kind === 's3' ? `${new URL(target.url).host}/${target.bucket}` : new URL(target.url).host;
  return { kind: target.kind, to, pushedAt: row.pushedAt, result: row.pushResult };
}

async function refuseSlug(ctx: Write, slug: string, but: string | null): Promise<void> {
  if (await store.slugTaken(ctx.db, slug, but)) throw invalidField('slug', `Another status page is at ${slug}. Choose another name.`);
}

/** By what the file begins with, not by what somebody calls it; a drawing that can hold scripts is none of these. */
function pictureType(file: Buffer): string | null {
  if (file.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  if (file.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  return file.subarray(0, 4).toString('latin1') === 'RIFF' && file.subarray(8, 12).toString('latin1') === 'WEBP' ? 'image/webp' : null;
}

export async function notePush(ctx: Write, pageId: string, result: string): Promise<void> {
  await store
    .tables(ctx.db)
    .updateTable('statusPage')
    .set({ pushedAt: iso(ctx.now), pushResult: result })
    .where('id', '=', pageId)
    .execute();
}
