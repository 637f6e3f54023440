import * as pg from 'pg';
import { sql } from 'kysely';
import { iso } from './clock.ts';
import { isUnavailable, type Db } from './database.ts';
import { writeAs } from './act.ts';
import { SYSTEM } from './permissions.ts';
import type { Desk, LogEntry, Module, Write } from './desk.ts';

export interface Position {
  readonly xid: number;
  readonly seq: number;
}

export const LOG_START: Position = { xid: -9_000_000_000_000_000, seq: 0 };
const BATCH = 500;
/** Entries whose reactions share a transaction: a storm is not taken one commit at a time. */
const TOGETHER = 50;

/** Entries after a position in commit-safe order: never past a transaction of this database that is still open (decision 2). */
export async function entriesAfter(db: Db, after: Position, limit = BATCH): Promise<readonly LogEntry[]> {
  const { rows } = await sql<LogEntry>`
    select id, seq, xid, record_id, did, actor_id, via, at, data from activity
    where (xid, seq) > (${after.xid}, ${after.seq}) and xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    order by xid, seq limit ${limit}`.execute(db);
  return rows.length > 0 ? rows : entriesBehindStrangers(db, after, limit);
}

/**
 * The horizon of a snapshot counts the open transactions of every database of the server, so that a long one of another
 * application would hold back reactions and pages. Of what is open, only this database's own transactions can write here.
 * The snapshot is taken before the sessions are listed: a transaction below its end that is not listed any more has ended,
 * and the reading, a statement of its own, sees what it wrote. A session whose transaction is hidden may hold anything.
 */
async function entriesBehindStrangers(db: Db, after: Position, limit: number): Promise<readonly LogEntry[]> {
  const { rows: waiting } = await sql`select 1 from activity where (xid, seq) > (${after.xid}, ${after.seq}) limit 1`.execute(db);
  if (waiting.length === 0) return [];
  const { rows: sessions } = await sql<{ end: number; open: number | null; hidden: number }>`
    select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as end,
      (select max(age(backend_xid)) from pg_stat_activity where datname = current_database()) as open,
      (select count(*)::int from pg_stat_activity where datname = current_database() and backend_type = 'client backend' and not pg_has_role(usesysid, 'usage')) as hidden`.execute(
    db,
  );
  const [now] = sessions;
  if (!now || now.hidden > 0) return [];
  const { rows } = await sql<LogEntry>`
    select id, seq, xid, record_id, did, actor_id, via, at, data from activity
    where (xid, seq) > (${after.xid}, ${after.seq}) and xid < ${now.end - (now.open ?? 0)}
    order by xid, seq limit ${limit}`.execute(db);
  return rows;
}

/** The newest position that readers may see. */
export async function logEnd(db: Db): Promise<Position> {
  const { rows } = await sql<Position>`
    select xid, seq from activity where xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    order by xid desc, seq desc limit 1`.execute(db);
  return rows[0] ?? LOG_START;
}

type Handler = (ctx: Write, entry: LogEntry) => Promise<void>;

function handlersOf(modules: readonly Module[]): ReadonlyMap<string, readonly Handler[]> {
  const all = new Map<string, Handler[]>();
  for (const module of modules) {
    for (const [did, handler] of Object.entries(module.jobs?.on ?? {})) all.set(did, [...(all.get(did) ?? []), handler]);
  }
  return all;
}

export interface Subscriptions {
  /** Handles what is new; returns how many entries were read. */
  drain(): Promise<number>;
}

/** Another node has taken over the reading: what this one was about to do is done there. */
class TakenOver extends Error {
  constructor() {
    super('another node reads the log');
  }
}

/** Runs the reactions of `on:` in the log's order; cursor and effects commit together, so none runs twice or never. */
export function openSubscriptions(desk: Desk): Subscriptions {
  const handlers = handlersOf(desk.modules);
  let position: Position = LOG_START;

  /** Reactions to several entries in one transaction; if one of them fails, each is tried on its own. */
  async function reactAll(entries: readonly LogEntry[]): Promise<void> {
    const [first] = entries;
    if (entries.length > 1) {
      try {
        await writeAs(
          desk,
          SYSTEM,
          async (ctx) => {
            for (const entry of entries) for (const handler of handlers.get(entry.did) ?? []) await handler(ctx, entry);
            await moveCursor(ctx.db, position, entries.at(-1)!);
          },
          'quiet',
        );
        position = entries.at(-1)!;
        return;
      } catch (error) {
        if (isUnavailable(error) || error instanceof TakenOver) throw error;
        desk.log.warn({ err: error, first: first?.id, entries: entries.length }, 'a reaction to the log failed; each entry is tried on its own');
      }
    }
    for (const entry of entries) {
      await react(entry);
      position = entry;
    }
  }

  async function react(entry: LogEntry): Promise<void> {
    const mine = handlers.get(entry.did) ?? [];
    for (let attempt = 1; ; attempt += 1) {
      try {
        await writeAs(
          desk,
          SYSTEM,
          async (ctx) => {
            for (const handler of mine) await handler(ctx, entry);
            await moveCursor(ctx.db, position, entry);
          },
          'quiet',
        );
        return;
      } catch (error) {
        if (isUnavailable(error) || error instanceof TakenOver) throw error;
        desk.log.error({ err: error, did: entry.did, entry: entry.id, attempt }, 'a reaction to the log failed');
        if (attempt < 3) continue;
        desk.metrics.stuck.inc();
        await writeAs(
          desk,
          SYSTEM,
          async (ctx) => {
            await ctx.db
              .insertInto('logStuck')
              .values({
                activityId: entry.id,
                subscriber: entry.did,
                error: String(error).slice(0, 2000),
                attempts: attempt,
                at: iso(ctx.now),
              })
              .onConflict((c) => c.columns(['activityId', 'subscriber']).doNothing())
              .execute();
            await moveCursor(ctx.db, position, entry);
          },
          'quiet',
        );
        return;
      }
    }
  }

  async function drain(): Promise<number> {
    // Read anew each time: while this node did not hold the lock, another one may have gone on.
    position = await storedCursor(desk.db);
    let read = 0;
    for (;;) {
      const batch = await entriesAfter(desk.db, position);
      if (batch.length === 0) return read;
      const wanted = batch.filter((entry) => handlers.has(entry.did));
      for (let from = 0; from < wanted.length; from += TOGETHER) await reactAll(wanted.slice(from, from + TOGETHER));
      const last = batch.at(-1)!;
      if (last !== wanted.at(-1)) await moveCursor(desk.db, position, last);
      position = last;
      read += batch.length;
    }
  }
  return { drain };
}

async function storedCursor(db: Db): Promise<Position> {
  const row = await db.selectFrom('logCursor').select(['xid', 'seq']).where('name', '=', 'subscriptions').executeTakeFirst();
  return row ?? LOG_START;
}

/** Moves the cursor from where this node found it; a node that was overtaken moves nothing and undoes what it did. */
async function moveCursor(db: Db, from: Position, to: Position): Promise<void> {
  const { rows } = await sql`
    insert into log_cursor (name, xid, seq) values ('subscriptions', ${to.xid}, ${to.seq})
    on conflict (name) do update set xid = excluded.xid, seq = excluded.seq where (log_cursor.xid, log_cursor.seq) = (${from.xid}, ${from.seq}) returning name`.execute(db);
  if (rows.length === 0) throw new TakenOver();
}

export interface Wire {
  /** The backend of this node's own connection; null while it is down. */
  backend(): number | null;
  stop(): Promise<void>;
}

/** One connection per node that listens for and sends the coalesced notice "the log has grown" (decision 1). */
export function openWire(desk: Desk, url: string, woken: () => void): { wire: Wire; committed: () => void } {
  let client: pg.Client | null = null;
  let backend: number | null = null;
  let stopped = false;
  let pending = false;
  const wake = spaced(woken);
  let retry: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, application_name: 'quarterdeck wire' });
    fresh.on('error', () => lost(fresh));
    fresh.on('end', () => lost(fresh));
    fresh.on('notification', wake);
    try {
      await fresh.connect();
      await fresh.query('listen qd_log');
      const { rows } = await fresh.query<{ pid: number }>('select pg_backend_pid() as pid');
      backend = rows[0]?.pid ?? null;
      client = fresh;
      wake();
    } catch (error) {
      desk.log.warn({ err: error }, 'the notice connection could not be opened');
      lost(fresh);
    }
  }
  function lost(which: pg.Client): void {
    if (client === which) {
      client = null;
      backend = null;
    }
    which.removeAllListeners('end');
    which.end().catch(() => undefined);
    if (!stopped && !retry)
      retry = setTimeout(() => {
        retry = undefined;
        void connect();
      }, 500);
  }
  void connect();
  return {
    committed() {
      wake();
      if (pending) return;
      pending = true;
      setTimeout(() => {
        pending = false;
        client?.query('notify qd_log').catch(() => undefined);
      }, 20).unref();
    },
    wire: {
      backend: () => backend,
      async stop() {
        stopped = true;
        clearTimeout(retry);
        await client?.end().catch(() => undefined);
      },
    },
  };
}

const SPACE_MS = 20;

/** At once, then at most every 20 ms while calls keep coming: one reading of the log serves all commits between. */
function spaced(call: () => void): () => void {
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    timer = undefined;
    if (!again) return;
    again = false;
    timer = setTimeout(later, SPACE_MS).unref();
    call();
  };
  return () => {
    again = true;
    timer ??= setTimeout(later, 0).unref();
  };
}
