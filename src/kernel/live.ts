import type { FastifyInstance, FastifyReply } from 'fastify';
import { entriesAfter, logEnd, type Position } from './log-reader.ts';
import { maySee, type Secrecy } from './visible.ts';
import type { Actor } from './permissions.ts';
import type { Entry } from './records/contract.ts';
import type { Desk, LogEntry } from './desk.ts';
import { actorOf } from './http.ts';
import { Problem } from './problem.ts';

/** What a browser or `qd watch` gets for one entry of the log: all that a timeline shows of it. */
export interface LiveEvent extends Omit<Entry, 'record'> {
  readonly record: (NonNullable<Entry['record']> & { readonly version: number }) | null;
}

interface Seen extends LogEntry {
  readonly secrecy: Secrecy | null;
  readonly event: LiveEvent;
}

type Listener = (entries: readonly Seen[]) => void;

export interface Live {
  wake(): void;
  subscribe(listener: Listener): () => void;
  stop(): void;
}

const RESUME_MOST = 1000;
/** Bytes that may wait for a slow reader. */
const BEHIND_MOST = 4 * 1024 * 1024;

/** Follows the log on this node and hands each new entry, with its record, to all open streams. */
export function openLive(desk: Desk): Live {
  const listeners = new Set<Listener>();
  let position: Position | undefined;
  let running = false;
  let again = false;

  async function pull(): Promise<void> {
    if (listeners.size === 0) {
      position = undefined;
      return;
    }
    position ??= await logEnd(desk.readDb);
    const batch = await entriesAfter(desk.readDb, position);
    const last = batch.at(-1);
    if (!last) return;
    position = last;
    const seen = await withRecords(desk, batch);
    for (const listener of listeners) listener(seen);
    again = true;
  }
  function wake(): void {
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    pull()
      .catch((error: unknown) => desk.log.warn({ err: error }, 'live updates could not read the log'))
      .finally(() => {
        running = false;
        if (again) setImmediate(wake);
      });
  }
  const fallback = setInterval(wake, 1000);
  fallback.unref();
  return {
    wake,
    subscribe(listener) {
      listeners.add(listener);
      wake();
      return () => {
        listeners.delete(listener);
      };
    },
    stop: () => clearInterval(fallback),
  };
}

async function withRecords(desk: Desk, batch: readonly LogEntry[]): Promise<readonly Seen[]> {
  const ids = [...new Set(batch.flatMap((e) => (e.recordId ? [e.recordId] : [])))];
  const people = [...new Set(batch.flatMap((e) => (e.actorId ? [e.actorId] : [])))];
  const rows =
    ids.length + people.length === 0
      ? []
      : await desk.readDb
          .selectFrom('record')
          .select(['id', 'number', 'kind', 'title', 'version', 'visibility', 'ownerId', 'teamId'])
          .where('id', 'in', [...ids, ...people])
          .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const restricted = rows.filter((row) => row.visibility === 'restricted').map((row) => row.id);
  const readers = restricted.length === 0 ? [] : await desk.readDb.selectFrom('recordReader').selectAll().where('recordId', 'in', restricted).execute();
  const comments = await commentsOf(desk, batch);
  const words = new Map(desk.modules.flatMap((m) => Object.entries(m.contract.events)));
  return batch.map((entry) => {
    const row = entry.recordId ? byId.get(entry.recordId) : undefined;
    const actor = entry.actorId ? byId.get(entry.actorId) : undefined;
    const { id, did, at, via, data } = entry;
    return {
      ...entry,
      secrecy: row ? { visibility: row.visibility, ownerId: row.ownerId, teamId: row.teamId, readers: readers.filter((r) => r.recordId === row.id).map((r) => r.readerId) } : null,
      event: {
        id,
        did,
        at,
        via,
        data,
        words: words.get(did) ?? did,
        comment: comments.get(String(data?.comment)) ?? null,
        actor: actor ? { id: actor.id, kind: actor.kind, number: actor.number, title: actor.title } : null,
        record: row ? { id: row.id, number: row.number, kind: row.kind, title: row.title, version: row.version } : null,
      },
    };
  });
}

async function commentsOf(desk: Desk, batch: readonly LogEntry[]): Promise<ReadonlyMap<string, NonNullable<Entry['comment']>>> {
  const ids = batch.filter((entry) => entry.did === 'record.commented').map((entry) => String(entry.data.comment));
  if (ids.length === 0) return new Map();
  const rows = await desk.readDb.selectFrom('comment').select(['id', 'body', 'editedAt']).where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** GET /api/v1/events: server-sent events, resumed from Last-Event-ID, ended with the session. */
export function liveRoutes(app: FastifyInstance, desk: Desk, live: Live): void {
  const open = new Set<{ end(): void }>();
  app.get('/api/v1/events', async (request, reply) => {
    let actor = actorOf(request);
    if (actor.kind === 'anonymous') throw new Problem('unauthenticated', 'Sign in first.');
    const from = positionOf(request.headers['last-event-id']);
    const stream = start(reply);
    const send = (entries: readonly Seen[]) => {
      for (const entry of entries) {
        if (mayReceive(actor, entry)) stream.write(`id: ${entry.xid}.${entry.seq}\nevent: entry\ndata: ${JSON.stringify(entry.event)}\n\n`);
      }
    };
    if (from) {
      const missed = await entriesAfter(desk.readDb, from, RESUME_MOST);
      if (missed.length === RESUME_MOST) stream.write('event: reset\ndata: {}\n\n');
      else send(await withRecords(desk, missed));
    }
    const unsubscribe = live.subscribe(send);
    const beat = setInterval(() => {
      stream.write(': beat\n\n');
      const credentials = request.credentials;
      desk.authenticate(credentials).then(
        (still) => {
          if (!still) return stream.end();
          actor = still;
        },
        () => undefined,
      );
    }, 20_000);
    desk.metrics.streams.inc();
    open.add(stream);
    request.raw.on('close', () => {
      unsubscribe();
      clearInterval(beat);
      open.delete(stream);
      desk.metrics.streams.dec();
    });
  });
  app.addHook('preClose', (done) => {
    for (const stream of open) stream.end();
    done();
  });
}

/** Entries of no record (sign-ins, settings) go to administrators only. */
function mayReceive(actor: Actor, entry: Seen): boolean {
  return entry.secrecy ? maySee(actor, entry.secrecy) : actor.role === 'admin';
}

function start(reply: FastifyReply): { write(text: string): void; end(): void } {
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'keep-alive',
  });
  reply.raw.write('retry: 2000\n\n');
  return {
    // A reader that does not keep up is let go: it resumes from the last entry it saw.
    write: (text) => {
      if (!reply.raw.write(text) && reply.raw.writableLength > BEHIND_MOST) reply.raw.destroy();
    },
    end: () => {
      reply.raw.end();
    },
  };
}

function positionOf(header: string | string[] | undefined): Position | undefined {
  const found = typeof header === 'string' ? /^(-?\d{1,16})\.(\d{1,16})$/.exec(header) : null;
  return found ? { xid: Number(found[1]), seq: Number(found[2]) } : undefined;
}
