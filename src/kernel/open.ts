import * as pg from 'pg';
import pino, { type Logger } from 'pino';
import type { FastifyInstance } from 'fastify';
import { iso, systemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import { kyselyOver, openPool } from './database.ts';
import type { Desk, Module } from './desk.ts';
import { docsRoutes } from './docs.ts';
import { healthRoutes } from './health.ts';
import { openHttp } from './http.ts';
import { liveRoutes, openLive } from './live.ts';
import { openSubscriptions, openWire, type Subscriptions } from './log-reader.ts';
import { openMetrics } from './metrics.ts';
import { migrate } from './migrate.ts';
import { openOutgoing } from './outgoing.ts';
import { joinEmbedded, startEmbedded, StartRefused, writeRun } from './postgres/index.ts';
import { verbRoutes } from './routes.ts';
import { shellRoutes } from './shell.ts';
import { checkKey, openVault, secretKeyOf } from './vault.ts';
import { startWorker } from './worker.ts';

export interface OpenDesk {
  readonly desk: Desk;
  readonly app: FastifyInstance;
  readonly subscriptions: Subscriptions;
  /** Begins to serve and to work; answers the address people use. */
  listen(): Promise<string>;
  /** Finishes what runs, closes everything; the embedded database last. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly config: Config;
  readonly modules: readonly Module[];
  readonly clock?: Clock;
  readonly log?: Logger;
  /** Tests drain jobs and subscriptions themselves. */
  readonly work?: 'by itself' | 'when drained';
  /** The database is migrated already (tests: a clone of the template). */
  readonly migrated?: true;
}

/** Opens a desk: database, schema, keys, routes. Refuses with `StartRefused`, whose sentence is for whoever starts it. */
export async function openDesk(options: OpenOptions): Promise<OpenDesk> {
  const { config, modules, clock = systemClock } = options;
  const log = options.log ?? pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ['req.headers.authorization', 'req.headers.cookie'] });
  const database = await openDatabase(config, log);
  const closing: (() => Promise<unknown>)[] = [database.stop];
  try {
    const role = decodeURIComponent(new URL(database.appUrl).username);
    if (!options.migrated && database.adminUrl) await migrate(database.adminUrl, role, clock.now());
    const onError = (error: Error) => log.warn({ err: error }, 'a database connection was lost');
    const pool = openPool({ url: database.appUrl, max: 12, readOnly: 'read and write', name: 'quarterdeck', onError });
    const readPool = openPool({ url: database.appUrl, max: 10, readOnly: 'read only', name: 'quarterdeck reads', onError });
    closing.unshift(() => Promise.all([pool.end(), readPool.end()]));
    const vault = openVault(secretKeyOf(config));
    const db = kyselyOver(pool);
    await checkKey(db, vault, iso(clock.now()));
    let committed = (): void => undefined;
    const desk: Desk = {
      config,
      clock,
      log,
      pool,
      readPool,
      db,
      readDb: kyselyOver(readPool),
      modules,
      vault,
      metrics: openMetrics(),
      outgoing: openOutgoing(config.allowedTargets),
      adminUrl: database.adminUrl,
      committed: () => committed(),
      async authenticate(credentials) {
        for (const module of modules) {
          const actor = await module.authenticate?.(desk, credentials);
          if (actor) return actor;
        }
        return null;
      },
      state: {
        held: await isHeld(pool),
        stopping: false,
        workerSeenAt: null,
        readerSeenAt: null,
        troubles: [],
        logProtected: await isLogProtected(pool),
      },
    };
    const app = openHttp(desk);
    const live = openLive(desk);
    const subscriptions = openSubscriptions(desk);
    healthRoutes(app, desk);
    liveRoutes(app, desk, live);
    for (const module of modules) module.routes?.(app, desk);
    docsRoutes(app, desk);
    verbRoutes(app, desk);
    shellRoutes(app, desk);
    const works = config.role !== 'web' && options.work !== 'when drained';
    const reader = works ? readerOf(desk, subscriptions) : undefined;

    async function listen(): Promise<string> {
      const { wire, committed: notice } = openWire(desk, database.appUrl, () => {
        live.wake();
        reader?.wake();
      });
      committed = notice;
      closing.unshift(wire.stop);
      // A worker beside another node answers nobody, so it takes no port.
      if (config.role !== 'worker')
        await app.listen({ host: config.host, port: config.port }).catch((error: Error & { code?: string }) => {
          if (error.code === 'EADDRINUSE') throw new StartRefused(`Port ${config.port} on ${config.host} is in use. Stop what uses it, or set QD_PORT to another port.`);
          if (error.code === 'EACCES') throw new StartRefused(`Port ${config.port} needs more rights. Set QD_PORT to a port above 1023 and put a reverse proxy in front.`);
          throw error;
        });
      closing.unshift(() => app.close());
      for (const module of modules) {
        const stop = await module.start?.(desk);
        if (stop) closing.unshift(stop);
      }
      if (works) {
        const worker = await startWorker(desk, wire);
        closing.unshift(worker.stop);
        reader?.start();
        if (reader) closing.unshift(reader.stop);
      }
      if (!config.databaseUrl && config.role !== 'worker') writeRun(config.dataDir, { pid: process.pid, address: config.publicUrl });
      return config.publicUrl;
    }
    closing.unshift(async () => {
      live.stop();
    });
    return {
      desk,
      app,
      subscriptions,
      listen,
      async close() {
        desk.state.stopping = true;
        for (const stop of closing) await stop().catch((error: unknown) => log.warn({ err: error }, 'something did not stop cleanly'));
      },
    };
  } catch (error) {
    for (const stop of closing) await stop().catch(() => undefined);
    throw error;
  }
}

interface Database {
  readonly appUrl: string;
  readonly adminUrl: string | undefined;
  readonly stop: () => Promise<void>;
}

async function openDatabase(config: Config, log: Logger): Promise<Database> {
  if (!config.databaseUrl && config.role === 'worker') {
    const { adminUrl, appUrl } = joinEmbedded(config.dataDir);
    return { adminUrl, appUrl, stop: async () => undefined };
  }
  if (!config.databaseUrl) {
    const embedded = await startEmbedded({ dataDir: config.dataDir, log: (sentence) => log.info(sentence) });
    embedded.lost.then(
      (sentence) => {
        log.fatal(sentence);
        process.exit(1);
      },
      () => undefined,
    );
    return { appUrl: embedded.appUrl, adminUrl: embedded.adminUrl, stop: () => embedded.stop() };
  }
  const probe = new pg.Client({ connectionString: config.databaseUrl, connectionTimeoutMillis: 5000 });
  await probe.connect().catch((error: Error) => {
    throw new StartRefused(`The database of DATABASE_URL does not answer: ${error.message}. Check that it runs and that name and password are right.`);
  });
  const { rows } = await probe.query<{ v: number }>(`select current_setting('server_version_num')::int as v`);
  await probe.end();
  if ((rows[0]?.v ?? 0) < 180_000) throw new StartRefused('The database of DATABASE_URL is older than PostgreSQL 18. Upgrade it first.');
  return { appUrl: config.databaseUrl, adminUrl: config.databaseAdminUrl ?? config.databaseUrl, stop: async () => undefined };
}

/** True when the application's role can neither change nor remove entries of the log. */
async function isLogProtected(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ open: boolean }>(`select has_table_privilege('activity', 'update') or has_table_privilege('activity', 'delete') as open`);
  return rows[0]?.open === false;
}

async function isHeld(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query(`select 1 from setting where name = 'held'`);
  return rows.length > 0;
}

/** Runs the subscriptions on one node at a time: the one that holds the advisory lock. */
function readerOf(desk: Desk, subscriptions: Subscriptions): { start(): void; wake(): void; stop(): Promise<void> } {
  let client: pg.PoolClient | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;
  /** Closes the connection and with it the lock. A lost one is given back too: a pool ends only when it has all it lent. */
  function letGo(): void {
    const held = client;
    client = undefined;
    held?.release(true);
  }
  async function once(): Promise<void> {
    if (!client) {
      const candidate = await desk.pool.connect();
      const mine = await candidate.query<{ mine: boolean }>('select pg_try_advisory_lock(4683) as mine').then(
        ({ rows }) => rows[0]?.mine ?? false,
        (error: Error) => {
          candidate.release(error);
          throw error;
        },
      );
      if (!mine) return candidate.release();
      client = candidate;
      candidate.once('end', () => {
        if (client === candidate) letGo();
      });
    }
    desk.state.readerSeenAt = desk.clock.now();
    await subscriptions.drain();
  }
  function wake(): void {
    if (stopped) return;
    again = true;
    running ??= (async () => {
      while (again && !stopped) {
        again = false;
        await once().catch((error: unknown) => {
          desk.log.warn({ err: error }, 'the log reader will try again');
          letGo();
        });
      }
    })().finally(() => {
      running = undefined;
    });
  }
  const beat = setInterval(wake, 1000);
  return {
    start() {
      stopped = false;
      wake();
    },
    wake,
    async stop() {
      stopped = true;
      clearInterval(beat);
      await running;
      letGo();
    },
  };
}
