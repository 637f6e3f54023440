import { hostname } from 'node:os';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { isAlive } from './living.ts';
import { StartRefused } from './refused.ts';

/** Being the one process that runs the desk and may stop its server. */
export interface Ownership {
  /** Settles with a sentence when another process has taken over or the database stays away; stop the desk then. */
  readonly lost: Promise<string>;
  release(): Promise<void>;
}

/** What the owner writes about itself, so that commands and workers find it. */
export interface Run {
  readonly pid: number;
  /** where the desk answers, such as `http://127.0.0.1:4680` */
  readonly address: string;
}

/** `qd` in ASCII, and 1 for the owner. */
const lock = [0x7164, 1] as const;
const graceForTheDead = 3_000;
const patience = 60_000;

/**
 * Takes the session advisory lock of the one owner. Refused, with the other's pid and address, while another holds it.
 * The lock is taken again when the connection breaks, after `revive` has brought the server back if it has ended.
 */
export async function acquireOwnership(adminUrl: string, dataDir?: string, revive?: () => Promise<void>): Promise<Ownership> {
  const lost = Promise.withResolvers<string>();
  let released = false;
  let client = await take(adminUrl, dataDir);
  watch(client);

  function watch(held: Client): void {
    held.once('end', () => {
      if (!released) void retake();
    });
  }

  async function retake(): Promise<void> {
    for (let waited = 0; !released && waited < patience; waited += 500) {
      try {
        await revive?.().catch(() => {});
        client = await take(adminUrl, dataDir);
        return released ? await client.end() : watch(client);
      } catch (error) {
        if (error instanceof StartRefused) return lost.resolve(error.sentence);
        await wait(500, undefined, { ref: false });
      }
    }
    if (!released) lost.resolve('The database has not answered for a minute.');
  }

  return {
    lost: lost.promise,
    async release() {
      if (released) return;
      released = true;
      await client.end().catch(() => {});
    },
  };
}

async function take(adminUrl: string, dataDir: string | undefined): Promise<Client> {
  const client = new Client({
    connectionString: adminUrl,
    application_name: `qd owner ${process.pid} ${hostname()}`.slice(0, 63),
    keepAlive: true,
  });
  client.on('error', () => {});
  await client.connect();
  try {
    for (let waited = 0; ; waited += 50) {
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [...lock]);
      if (rows[0]?.taken) return client;
      const other = await holder(client);
      if (other?.lives && waited >= 100) throw refused(other, dataDir);
      if (waited >= graceForTheDead) throw refused(other, dataDir);
      await wait(50);
    }
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
}

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly lives: boolean;
}

/** The lock of a process killed just now is still held until the server has seen its connection close. */
async function holder(client: Client): Promise<Holder | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.granted and l.classid = $1 and l.objid = $2 and a.datname = current_database()`,
    [...lock],
  );
  const [, pid, host] = /^qd owner (\d+) (.*)$/.exec(rows[0]?.name ?? '') ?? [];
  if (pid === undefined || host === undefined) return undefined;
  return { pid: Number(pid), host, lives: host !== hostname() || isAlive(Number(pid)) };
}

function refused(other: Holder | undefined, dataDir: string | undefined): StartRefused {
  const run = dataDir === undefined ? undefined : readRun(dataDir);
  const who = other ? `process ${other.pid}${other.host === hostname() ? '' : ` on ${other.host}`}` : 'another process';
  const where = run && run.pid === other?.pid ? ` at ${run.address}` : '';
  const what = dataDir === undefined ? 'this database' : dataDir;
  return new StartRefused(`A desk already runs on ${what}: ${who}${where}. Stop it first, or start this one with another QD_DATA_DIR.`);
}

/** Tells commands and workers where the owner answers. */
export function writeRun(dataDir: string, run: Run): void {
  const path = join(dataDir, 'run.json');
  writeFileSync(`${path}.${run.pid}`, `${JSON.stringify(run)}\n`, { mode: 0o600 });
  renameSync(`${path}.${run.pid}`, path);
}

/** What the last owner wrote, if it wrote anything; it may be dead. */
export function readRun(dataDir: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as Run;
  } catch {
    return undefined;
  }
}
