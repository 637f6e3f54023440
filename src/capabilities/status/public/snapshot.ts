import { createHash } from 'node:crypto';
import type { Desk } from '#kernel/desk.ts';
import type { PageView } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { bodiesOf, bodyOf, placesOf, policyOf, type Body, type Logo } from './built.ts';
import { viewOf } from './view.ts';

/** A page as this node serves it: everything is in memory. */
export interface Served {
  readonly id: string;
  readonly number: string;
  readonly stamp: number;
  readonly day: number;
  readonly published: boolean;
  readonly secret: string | null;
  readonly view: PageView;
  readonly policy: string;
  readonly logo: Body | null;
  readonly bodyAt: (path: string) => Body | undefined;
}

interface Kept {
  byId: ReadonlyMap<string, Served>;
  bySlug: ReadonlyMap<string, Served>;
  building: Promise<void> | undefined;
  serving: boolean;
}

const DAY = 86_400_000;
const LOOK_MS = 1000;
const kept = new WeakMap<Desk, Kept>();

function keptOf(desk: Desk): Kept {
  const known = kept.get(desk);
  if (known) return known;
  const fresh: Kept = { byId: new Map(), bySlug: new Map(), building: undefined, serving: false };
  kept.set(desk, fresh);
  return fresh;
}

/** The page of a slug, without any query. */
export function servedPage(desk: Desk, slug: string): Served | undefined {
  return keptOf(desk).bySlug.get(slug);
}

/** Builds anew what got another stamp, and everything when a day begins. Of calls that come together one does the work. */
function refresh(desk: Desk): Promise<void> {
  const state = keptOf(desk);
  state.building ??= rebuild(desk, state).finally(() => {
    state.building = undefined;
  });
  return state.building;
}

async function rebuild(desk: Desk, state: Kept): Promise<void> {
  const now = desk.clock.now();
  const day = Math.floor(now / DAY);
  const stamps = await store.stamps(desk.readDb);
  const isFresh = ({ id, stamp }: { id: string; stamp: number }) => state.byId.get(id)?.stamp === stamp && state.byId.get(id)?.day === day;
  if (stamps.length === state.byId.size && stamps.every(isFresh)) return;
  const next = new Map<string, Served>();
  for (const page of await store.allPages(desk.readDb)) {
    const before = state.byId.get(page.id);
    next.set(page.id, before && isFresh(page) ? before : await build(desk, page, day));
  }
  state.byId = next;
  state.bySlug = new Map([...next.values()].map((one) => [one.view.slug, one]));
}

async function build(desk: Desk, page: store.PageRow, day: number): Promise<Served> {
  const logo = await logoFor(desk, page);
  const view = await viewOf({ db: desk.readDb, now: desk.clock.now() }, page, logo ? createHash('sha256').update(logo.body).digest('hex').slice(0, 12) : null);
  const secret = page.access === 'link' ? desk.vault.decrypt(page.linkSecret) : null;
  return {
    id: page.id,
    number: page.number,
    stamp: page.stamp,
    day,
    published: page.published,
    secret,
    view,
    policy: policyOf(view),
    logo: logo && bodyOf(logo.body, logo.type),
    bodyAt: bodiesOf(view, placesOf(desk, page.slug, secret)),
  };
}

export async function logoFor(desk: Desk, page: { readonly id: string; readonly hasLogo: boolean }): Promise<Logo | null> {
  if (!page.hasLogo) return null;
  const row = await store.logoOf(desk.readDb, page.id);
  return row?.logo && row.logoType ? { body: row.logo, type: row.logoType } : null;
}

/** In tests: what was changed is shown. A desk that serves nobody builds nothing. */
export async function shownNow(desk: Desk): Promise<void> {
  if (keptOf(desk).serving) await refresh(desk);
}

/** Keeps the pages of this node up to date. While the database is away it serves what it has. */
export async function startServing(desk: Desk): Promise<() => Promise<void>> {
  const look = () => refresh(desk).catch((error: unknown) => desk.log.warn({ err: error }, 'status pages could not be built anew'));
  keptOf(desk).serving = true;
  await look();
  const timer = setInterval(() => void look(), LOOK_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await keptOf(desk).building?.catch(() => undefined);
  };
}
