import { peopleByIds } from '#capabilities/people/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import type { Message } from '../channels/index.ts';
import { readProviders } from '../providers.ts';
import { bundled, CLAIM_MS, heldUntil, LIMIT_MEMORY_MS, limitsOf, nextAllowed, newestOnly } from '../rules/index.ts';
import { freeBundled, sharedWay } from '../outbox.ts';
import { outsidersOf, type Outsider } from '../outsiders.ts';
import * as store from '../store/index.ts';
import { NO_REACH, waysOf, type Reach, type Way } from '../ways.ts';
import { afterRemoved } from './failing.ts';
import { messagesOf, type Background } from './message.ts';

const BATCH = 200;
/** Clocks of two machines differ a little: what is due in a moment goes now, else it would wait for the pass of the next minute. */
const EARLY_MS = 250;

export interface Claimed {
  readonly row: store.NotificationRow;
  readonly way: Pick<Way, 'id' | 'channel' | 'address' | 'label'>;
  readonly message: Message;
}

/** Room that a node has for sending now: what is full is left to others. */
export interface Room {
  readonly full: readonly string[];
  readonly left: (lane: string) => number;
}

interface Gathered extends Background {
  readonly reach: ReadonlyMap<string, Reach>;
  readonly shared: ReadonlyMap<string, Claimed['way']>;
}

type Verdict =
  | { readonly kind: 'send' }
  | { readonly kind: 'drop'; readonly state: 'cancelled' | 'failed'; readonly why: string }
  | { readonly kind: 'wait'; readonly until: number };

const REMOVED: Verdict = { kind: 'drop', state: 'cancelled', why: 'The contact was removed.' };

/**
 * Claims what is due, many in one transaction: each gets a deadline and leaves a guard job behind. When this process
 * dies in between, a page is sent again (at least once); what is only told is not (at most once).
 */
export async function claimDue(ctx: Write, room: Room): Promise<readonly Claimed[]> {
  if (ctx.desk.state.held) return [];
  const rows = await store.lockDue(ctx.db, { now: iso(ctx.now + EARLY_MS), full: room.full, limit: BATCH });
  if (rows.length === 0) return [];
  const known = await gather(ctx, rows);
  const verdicts = new Map<string, Verdict>();
  for (const row of rows) verdicts.set(row.id, firstVerdict(ctx, row, known));
  const old = newestOnly(
    rows.map((row) => ({ ...row, createdAt: ms(row.createdAt) })),
    (row) => (row.topic === null ? null : `${row.personId} ${row.contact} ${row.topic}`),
    (row) => row.createdAt,
  );
  for (const { id } of old.outdated) verdicts.set(id, { kind: 'drop', state: 'cancelled', why: 'a newer message says more' });
  foldRules(rows, verdicts);
  const sendable = rows.filter((row) => verdicts.get(row.id)?.kind === 'send');
  const { chosen, children } = await withinLimits(ctx, sendable, { verdicts, known });
  const taken = withinRoom(chosen, room);
  const gone = new Set(chosen.filter((row) => !taken.includes(row)).map((row) => row.id));
  for (const row of rows) if (row.purpose === 'page' && verdicts.get(row.id) === REMOVED) await afterRemoved(ctx, row, known.reach.get(row.personId ?? '') ?? NO_REACH);
  await write(ctx, { taken, verdicts, children: children.filter((child) => !gone.has(child.into)) });
  const messages = await messagesOf(ctx, taken, known);
  return taken.flatMap((row) => {
    const [way, message] = [wayOf(row, known), messages.get(row.id)];
    return way && message ? [{ row: { ...row, attempt: row.attempt + 1 }, way, message }] : [];
  });
}

async function gather(ctx: Write, rows: readonly store.NotificationRow[]): Promise<Gathered> {
  const ids = (pick: (row: store.NotificationRow) => string | null) => [...new Set(rows.flatMap((row) => pick(row) ?? []))];
  const people = await peopleByIds(
    ctx.db,
    ids((row) => row.personId),
  );
  const reach = await waysOf(ctx, people);
  if (people.size === 0) await readProviders(ctx);
  const posts = ids((row) => (row.personId === null && row.purpose !== 'outside' ? row.contact : null));
  const outside = rows.flatMap((row) => (row.purpose === 'outside' ? [row.contact] : []));
  const outsiders = outside.length === 0 ? new Map<string, Outsider>() : await outsidersOf(ctx, [...new Set(outside)]);
  const shared = posts.length === 0 ? [] : (await store.sharedChannelsByIds(ctx.db, SYSTEM, posts)).filter((row) => row.archivedAt === null);
  const pages = await store.pagesByIds(
    ctx.db,
    ids((row) => row.pageId),
  );
  return {
    people,
    reach,
    shared: new Map([...shared.map((row) => [row.id, sharedWay(ctx.desk, row)] as const), ...outsideWays(outsiders)]),
    outsiders,
    pages: new Map(pages.map((page) => [page.id, page])),
  };
}

/** What is logged and shown of an outsider never names the address. */
const outsideWays = (outsiders: ReadonlyMap<string, Outsider>) => [...outsiders].map(([id, { channel, address }]) => [id, { id, channel, address, label: 'outside' }] as const);

function wayOf(row: store.NotificationRow, known: Gathered): Claimed['way'] | undefined {
  return row.personId === null ? known.shared.get(row.contact) : known.reach.get(row.personId)?.ways.find((one) => one.id === row.contact);
}

function firstVerdict(ctx: Write, row: store.NotificationRow, known: Gathered): Verdict {
  const page = row.pageId ? known.pages.get(row.pageId) : undefined;
  if (page?.endedAt) return { kind: 'drop', state: 'cancelled', why: page.endedWhy ?? 'ended' };
  // What is only told is sent at most once: a second mail about the same thing helps nobody.
  if (row.state === 'sending' && row.purpose !== 'page' && row.purpose !== 'post') return { kind: 'drop', state: 'failed', why: 'The desk stopped while sending; not sent again.' };
  if (!wayOf(row, known)) return REMOVED;
  const person = row.personId === null ? undefined : known.people.get(row.personId);
  const reach = known.reach.get(row.personId ?? '');
  if (!person || !reach || row.purpose === 'test') return { kind: 'send' };
  const allowed = reach.ways.find((one) => one.id === row.contact)?.hours ?? [];
  const until = heldUntil({ urgent: row.purpose === 'page' && page?.urgency !== 'low' }, { allowed, quiet: reach.quiet, zone: person.zone }, ctx.now);
  return until === null ? { kind: 'send' } : { kind: 'wait', until };
}

/** After an outage each contact gets one message per page, not one for every rule that was missed (GoAlert npcyclemanager). */
function foldRules(rows: readonly store.NotificationRow[], verdicts: Map<string, Verdict>): void {
  const seen = new Set<string>();
  for (const row of rows) {
    if (row.pageId === null || verdicts.get(row.id)?.kind !== 'send') continue;
    const key = `${row.pageId} ${row.contact}`;
    if (seen.has(key)) verdicts.set(row.id, { kind: 'drop', state: 'cancelled', why: 'folded into one message' });
    seen.add(key);
  }
}

interface Child {
  readonly into: string;
  readonly row: store.NotificationRow;
}

/** Keeps each contact within its limits. What has to wait folds meanwhile: pages of one service become one message. */
async function withinLimits(
  ctx: Write,
  rows: readonly store.NotificationRow[],
  { verdicts, known }: { verdicts: Map<string, Verdict>; known: Gathered },
): Promise<{ chosen: readonly store.NotificationRow[]; children: readonly Child[] }> {
  const limited = rows.filter((row) => limitsOf(row.channel).length > 0 && row.attempt === 0);
  const contactOf = (row: { personId: string | null; contact: string }) => `${row.personId} ${row.contact}`;
  const told = new Map<string, number[]>();
  const history = limited.length === 0 ? [] : await store.triedLately(ctx.db, limited, iso(ctx.now - LIMIT_MEMORY_MS));
  for (const one of history) told.set(contactOf(one), [...(told.get(contactOf(one)) ?? []), ms(one.triedAt ?? '')]);
  // Only what had to wait already is told together: the first of a storm are told one by one.
  const bundles = bundled(
    rows.map((row) => ({ ...row, createdAt: ms(row.createdAt) })),
    (row) => {
      const service = known.pages.get(row.pageId ?? '')?.serviceId;
      return row.notBefore !== null && row.purpose === 'page' && service ? `${contactOf(row)} ${service}` : null;
    },
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const children: Child[] = [];
  const chosen: store.NotificationRow[] = [];
  for (const bundle of bundles.toSorted((a, b) => a.first.priority - b.first.priority)) {
    const first = byId.get(bundle.first.id);
    if (!first) continue;
    const at = limited.includes(first) ? nextAllowed(limitsOf(first.channel), told.get(contactOf(first)) ?? [], ctx.now) : ctx.now;
    if (at > ctx.now) {
      for (const one of [bundle.first, ...bundle.others]) verdicts.set(one.id, { kind: 'wait', until: at });
      continue;
    }
    told.set(contactOf(first), [...(told.get(contactOf(first)) ?? []), ctx.now]);
    chosen.push(first);
    for (const other of bundle.others) {
      const row = byId.get(other.id);
      if (row) children.push({ into: first.id, row });
    }
  }
  return { chosen, children };
}

function withinRoom(rows: readonly store.NotificationRow[], room: Room): readonly store.NotificationRow[] {
  const used = new Map<string, number>();
  return rows.filter((row) => {
    const before = used.get(row.lane) ?? 0;
    if (before >= room.left(row.lane)) return false;
    used.set(row.lane, before + 1);
    return true;
  });
}

interface Written {
  readonly taken: readonly store.NotificationRow[];
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly children: readonly Child[];
}

async function write(ctx: Write, { taken, verdicts, children }: Written): Promise<void> {
  const { db, now } = ctx;
  const waits = new Map<number, string[]>();
  for (const [id, verdict] of verdicts) {
    if (verdict.kind === 'drop') await store.settleRow(db, id, { state: verdict.state, result: verdict.why, settledAt: iso(now) });
    if (verdict.kind === 'drop') await freeBundled(ctx, [id]);
    if (verdict.kind === 'wait') waits.set(verdict.until, [...(waits.get(verdict.until) ?? []), id]);
  }
  for (const [until, ids] of waits) {
    await store.holdRows(db, ids, iso(until));
    await ctx.enqueue('notify.deliver', {}, { runAt: until, attempts: 25 });
  }
  if (taken.length === 0) return;
  const until = now + CLAIM_MS;
  await store.claimRows(
    db,
    taken.map((row) => row.id),
    { now: iso(now), until: iso(until) },
  );
  await freeBundled(ctx, await store.foldOverdue(db, { ids: taken.map((row) => row.id), now: iso(now) }));
  for (const { into, row } of children) await store.bundleRow(db, row.id, into);
  const again = taken.filter((row) => row.state === 'sending');
  await ctx.recordMany(again.map((row) => ({ record: row.aboutId, did: 'page.brokenOff', data: { person: row.personId, channel: row.channel, notification: row.id } })));
  await ctx.enqueue('notify.deliver', {}, { runAt: until + 1000, attempts: 25 });
}
