import { uptimeOfServices } from '#capabilities/checks/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import { daysOf, impactOf, isOver, meanDays, overallOf, shareOf, type ComponentView, type PageView, type PostView } from '../rules/index.ts';
import { turnsSince } from '../settling.ts';
import * as store from '../store/index.ts';

const DAY = 86_400_000;
const DAYS = 90;
const PAST_DAYS = 400;

interface At {
  readonly db: Db;
  readonly now: number;
}

/** What outsiders may know of a page: published components, none of a restricted record, and what was sent. */
export async function viewOf({ db, now }: At, page: store.PageRow, logoTag: string | null): Promise<PageView> {
  const components = await shownComponents(db, page.id);
  const posts = await store.shownPosts(db, [page.id], iso(now - PAST_DAYS * DAY));
  const updates: readonly store.UpdateRow[] = await store.updatesOf(
    db,
    posts.map(({ id }) => id),
  );
  const byPost = Map.groupBy(
    updates.filter(({ sentAt }) => sentAt !== null),
    ({ postId }) => postId,
  );
  const names = new Map(components.map(({ id, name }) => [id, name]));
  const views = posts.map((post) => postView(post, byPost.get(post.id) ?? [], names));
  const shown = await componentViews({ db, now }, components);
  const states = shown.map(({ state }) => state);
  const open = views.filter(({ kind, phase }) => kind === 'incident' && !isOver(phase));
  const groups = [...Map.groupBy(components, ({ groupName }) => groupName)];
  return {
    slug: page.slug,
    title: page.title,
    about: page.about,
    colour: page.colour,
    access: page.access,
    logo: page.logoType !== null && logoTag !== null ? { type: page.logoType, tag: logoTag } : null,
    builtAt: iso(now),
    ...overallOf(
      states,
      open.map(({ phase }) => phase),
    ),
    groups: groups.map(([name, rows]) => ({ name, components: shown.filter(({ id }) => rows.some((row) => row.id === id)) })),
    open,
    planned: views.filter(({ kind, phase }) => kind === 'maintenance' && !isOver(phase)).toSorted((a, b) => a.startsAt.localeCompare(b.startsAt)),
    past: views.filter(({ phase }) => isOver(phase)),
  };
}

export async function shownComponents(db: Db, pageId: string): Promise<readonly store.ComponentRow[]> {
  const rows = (await store.componentsOf(db, [pageId])).filter(({ published }) => published);
  const open = await store.openSources(
    db,
    rows.flatMap(({ sourceId }) => sourceId ?? []),
  );
  return rows.filter(({ sourceId }) => sourceId === null || open.has(sourceId));
}

async function componentViews({ db, now }: At, rows: readonly store.ComponentRow[]): Promise<readonly ComponentView[]> {
  const turns = await turnsSince(
    db,
    rows.map(({ id }) => id),
    Math.floor((now - (DAYS - 1) * DAY) / DAY) * DAY,
  );
  const uptime = await uptimeOfServices(
    { db, now },
    rows.flatMap(({ sourceId }) => sourceId ?? []),
    DAYS,
  );
  return rows.map((row) => {
    const measured = meanDays(uptime.get(row.sourceId ?? '')?.days ?? []);
    const days = daysOf(turns.get(row.id) ?? [], measured, { now, count: DAYS });
    return { id: row.id, name: row.name, about: row.about, state: row.shown, since: row.since, share: shareOf(days), days };
  });
}

function postView(post: store.PostRow, updates: readonly store.UpdateRow[], names: ReadonlyMap<string, string>): PostView {
  const named = new Set(updates.flatMap(({ states }) => states.flatMap(({ component }) => names.get(component) ?? [])));
  const impact = impactOf(updates.flatMap(({ states }) => states.filter(({ component }) => names.has(component)).map(({ state }) => state)));
  const first = updates.at(-1)?.sentAt ?? post.openedAt;
  return {
    number: post.number,
    kind: post.kind,
    title: post.title,
    phase: post.phase ?? 'investigating',
    impact,
    components: [...named],
    startsAt: post.startsAt ?? first,
    endsAt: post.endsAt,
    closedAt: post.closedAt,
    updates: updates.map(({ id, phase, text, sentAt }) => ({ id, phase, text, at: sentAt ?? first })),
  };
}
