import type { Ref } from '#kernel/contract.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { atLeast } from '#kernel/permissions.ts';
import { missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { StatusComponent, StatusPage, StatusPost, StatusUpdate } from './contract/index.ts';
import { placesOf } from './public/built.ts';
import { impactOf, isOver, overallOf } from './rules/index.ts';
import * as store from './store/index.ts';

export type Seer = Pick<Read | Write, 'db' | 'actor' | 'now' | 'desk'>;

export async function pageRowOf({ db, actor }: Seer, number: string): Promise<store.PageRow> {
  const row = await store.pageByNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

export async function postRowOf({ db, actor }: Seer, number: string): Promise<store.PostRow> {
  const row = await store.postByNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

/** The secret of a link is for those who manage pages. */
export function urlOf({ desk, actor }: Pick<Seer, 'desk' | 'actor'>, page: store.PageRow): string {
  const secret = page.access === 'link' && atLeast(actor.role, 'lead') ? desk.vault.decrypt(page.linkSecret) : null;
  return placesOf(desk, page.slug, secret).home;
}

export async function shownPages(ctx: Seer, rows: readonly store.PageRow[]): Promise<StatusPage[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const components = await store.componentsOf(ctx.db, ids);
  const posts = await store.shownPosts(ctx.db, ids, '9999-01-01T00:00:00Z');
  return rows.map((row) => {
    const states = components.filter(({ pageId, published }) => pageId === row.id && published).map(({ shown }) => shown);
    const { id, number, title, slug, about, access, published, colour, hasLogo, version } = row;
    const open = posts.filter(({ pageId }) => pageId === id);
    const problems = open.flatMap(({ kind, phase }) => (kind === 'incident' && phase && !isOver(phase) ? [phase] : []));
    return { id, number, title, slug, about, access, published, colour, hasLogo, version, url: urlOf(ctx, row), ...overallOf(states, problems), openPosts: open.length };
  });
}

export async function shownPage(ctx: Seer, number: string): Promise<StatusPage> {
  const [page] = await shownPages(ctx, [await pageRowOf(ctx, number)]);
  if (!page) throw missing(number);
  return page;
}

export async function shownComponents({ db, actor }: Seer, rows: readonly store.ComponentRow[]): Promise<StatusComponent[]> {
  const refs = await refsOf(
    db,
    actor,
    rows.map(({ sourceId }) => sourceId),
  );
  return rows.map(({ id, name, about, groupName, position, published, followsChecks, byHand, shown, since, sourceId }) => ({
    id,
    name,
    about,
    group: groupName,
    position,
    published,
    followsChecks,
    byHand,
    shown,
    since,
    source: refs.get(sourceId ?? '') ?? null,
  }));
}

export async function shownUpdates({ db, actor }: Seer, pageIds: readonly string[], rows: readonly store.UpdateRow[]): Promise<StatusUpdate[]> {
  const names = new Map((await store.componentsOf(db, pageIds)).map(({ id, name }) => [id, name]));
  const authors = await refsOf(
    db,
    actor,
    rows.map(({ authorId }) => authorId),
  );
  return rows.map(({ id, phase, text, states, authorId, madeAt, sentAt, tells, told }) => ({
    id,
    phase,
    text,
    states: states.map(({ component, state }) => ({ component, name: names.get(component) ?? 'taken off the page', state })),
    author: authors.get(authorId ?? '') ?? null,
    madeAt,
    sentAt,
    tells,
    told,
  }));
}

export async function shownPosts(ctx: Seer, rows: readonly store.PostRow[]): Promise<StatusPost[]> {
  if (rows.length === 0) return [];
  const refs: ReadonlyMap<string, Ref> = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap(({ pageId, aboutId, muteId }) => [pageId, aboutId, muteId]),
  );
  const updates: readonly store.UpdateRow[] = await store.updatesOf(
    ctx.db,
    rows.map(({ id }) => id),
  );
  const drafts = updates.filter(({ sentAt }) => sentAt === null);
  const shown = new Map(
    (
      await shownUpdates(
        ctx,
        rows.map(({ pageId }) => pageId),
        drafts,
      )
    ).map((draft) => [draft.id, draft]),
  );
  const pages = new Map((await store.allPages(ctx.db)).map((page) => [page.id, page]));
  return rows.flatMap((row) => {
    const page = refs.get(row.pageId);
    const home = pages.get(row.pageId);
    if (!page || !home) return [];
    const { id, number, title, kind, phase, startsAt, endsAt, closesItself, publishedAt, closedAt, version } = row;
    const states = updates.filter(({ postId }) => postId === id).flatMap((update) => update.states.map(({ state }) => state));
    const draft = drafts.find(({ postId }) => postId === id);
    const url = publishedAt === null ? null : placesOf(ctx.desk, home.slug, null).post(number);
    const about = refs.get(row.aboutId ?? '') ?? null;
    const mute = refs.get(row.muteId ?? '') ?? null;
    return [
      {
        id,
        number,
        title,
        kind,
        phase,
        startsAt,
        endsAt,
        closesItself,
        publishedAt,
        closedAt,
        version,
        url,
        page,
        about,
        mute,
        impact: impactOf(states),
        draft: shown.get(draft?.id ?? '') ?? null,
      },
    ];
  });
}

export async function shownPost(ctx: Seer, number: string): Promise<StatusPost> {
  const [post] = await shownPosts(ctx, [await postRowOf(ctx, number)]);
  if (!post) throw missing(number);
  return post;
}
