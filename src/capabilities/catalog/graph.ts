import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Desk, Read } from '#kernel/desk.ts';
import { Graph } from './rules/index.ts';
import * as store from './store/whole.ts';

/** The whole graph, seen or not; `sees` says of which records the viewer may be told. */
export interface Whole {
  readonly rows: ReadonlyMap<string, store.WholeRow>;
  /** The record of a number, seen or not. */
  readonly numbered: (number: string) => store.WholeRow | undefined;
  readonly graph: Graph;
  readonly sees: (id: string) => boolean;
}

class Held {
  readonly rows = new Map<string, store.WholeRow>();
  readonly ids = new Map<string, string>();
  readonly graph = new Graph();

  putRows(rows: readonly store.WholeRow[]): void {
    for (const row of rows) {
      this.rows.set(row.id, row);
      this.ids.set(row.number, row.id);
      this.graph.putNode({ id: row.id, kind: row.kind, tier: row.tier, users: row.usersAffected ?? 0, lifecycle: row.lifecycle });
    }
  }

  /** Those with an end that is not in the catalog (any more) pass nothing on. */
  putLinks(links: readonly store.WholeLink[]): void {
    for (const link of links) if (this.rows.has(link.providerId) && this.rows.has(link.consumerId)) this.graph.putEdge(link);
  }

  putRedundancies(all: readonly store.WholeRedundancy[]): void {
    for (const { consumerId, group, minUp, unit } of all) if (this.rows.has(consumerId)) this.graph.setRedundancy(consumerId, group, { minUp, unit });
  }

  /** Takes records out with all that hangs on them, so that they can be put in as they are now. */
  drop(ids: readonly string[]): void {
    for (const id of ids) {
      this.ids.delete(this.rows.get(id)?.number ?? '');
      this.rows.delete(id);
      this.graph.dropNode(id);
    }
  }
}

interface Present {
  readonly held: Held;
  /** Everything below this transaction is in it. */
  readonly xid: number;
}

const TOUCHED_MOST = 2000;
const presents = new WeakMap<Desk, Promise<Present>>();

function eventsOf(desk: Desk): readonly string[] {
  return Object.keys(desk.modules.find(({ contract }) => contract.name === 'catalog')?.contract.events ?? {});
}

async function load(db: Db): Promise<Present> {
  const xid = await store.snapshotXid(db);
  const held = new Held();
  for await (const rows of store.allRows(db)) held.putRows(rows);
  for await (const links of store.allLinks(db)) held.putLinks(links);
  held.putRedundancies(await store.redundanciesNow(db, 'everything'));
  return { held, xid };
}

async function refresh(desk: Desk, before: Present): Promise<Present> {
  const db = desk.readDb;
  const touched = await store.touchedSince(db, before.xid, eventsOf(desk), TOUCHED_MOST);
  if (touched.ids.length === TOUCHED_MOST) return load(db);
  if (touched.ids.length === 0) return { held: before.held, xid: touched.xid };
  const [rows, links, redundancies] = [await store.rowsNow(db, touched.ids), await store.linksNow(db, touched.ids), await store.redundanciesNow(db, touched.ids)];
  before.held.drop(touched.ids);
  before.held.putRows(rows);
  before.held.putLinks(links);
  before.held.putRedundancies(redundancies);
  return { held: before.held, xid: touched.xid };
}

/** One graph a node of the desk, brought up to date before each answer; who asks meanwhile waits for the same reading. */
async function present(desk: Desk): Promise<Held> {
  const before = presents.get(desk);
  const next = (before ?? load(desk.readDb)).then((known) => (before ? refresh(desk, known) : known));
  presents.set(desk, next);
  next.catch(() => {
    if (presents.get(desk) === next) presents.delete(desk);
  });
  return (await next).held;
}

/** Reads the graph before somebody asks, so that the first answer of a night is as fast as the others. */
export async function warmGraph(desk: Desk): Promise<() => Promise<void>> {
  const loading = present(desk).catch((error: unknown) => desk.log.warn({ err: error }, 'the graph could not be read yet'));
  return async () => {
    await loading;
  };
}

/**
 * The graph of now, or of an instant (RFC 3339). What is asked of it is asked before anything else is awaited: later
 * the graph of now may have moved on.
 */
export async function wholeOf(ctx: Read, at?: string): Promise<Whole> {
  const hidden = await store.hiddenFrom(ctx.db, ctx.actor);
  const { rows, ids, graph } = at === undefined ? await present(ctx.desk) : await past(ctx.db, iso(Date.parse(at)));
  return { rows, graph, numbered: (number) => rows.get(ids.get(number) ?? ''), sees: (id) => !hidden.has(id) };
}

async function past(db: Db, at: string): Promise<Held> {
  const held = new Held();
  for await (const rows of store.rowsAt(db, at)) held.putRows(rows);
  for await (const links of store.linksAt(db, at)) held.putLinks(links);
  held.putRedundancies(await store.redundanciesAt(db, at));
  return held;
}
