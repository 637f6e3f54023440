import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Place } from './cluster.ts';
import { clearStale, findLiving, isAlive, type Living } from './living.ts';
import { cannotRun, ended, environment } from './programs.ts';
import { StartRefused } from './refused.ts';

const logLimit = 10 * 1024 * 1024;
const slowStart = 10_000;

export interface Launch {
  readonly place: Place;
  /** no fsync: only for databases that may be lost */
  readonly unsafeNoSync: boolean;
  readonly log: (sentence: string) => void;
}

/** Starts the server detached in its own process group, so that neither Ctrl-C nor our own death takes it along. */
export async function launch({ place, unsafeNoSync, log }: Launch): Promise<Living> {
  const path = join(place.dataDir, 'postgres.log');
  clearStale(place.cluster);
  for (let attempt = 1; ; attempt += 1) {
    const from = trim(path);
    const socketDir = await makeSocketDir(place);
    const child = begin(place, [...settings(unsafeNoSync), `unix_socket_directories=${socketDir}`], path);
    const living = await ready(place, child, log);
    if (living) return living;
    removeSocketDir(place, socketDir);
    const said = readFileSync(path, 'utf8').slice(from);
    const other = findLiving(place.cluster);
    if (other) return other;
    if (attempt < 20 && /is still in use|another server might be running|lock file/i.test(said)) await wait(250);
    else throw new StartRefused(sentenceOf(place, said));
  }
}

/** Waits for `status` in the pid file: `ready`, in recovery or not, is the last word of the server's own start. */
async function ready(place: Place, child: ChildProcess, log: Launch['log']): Promise<Living | undefined> {
  let failure: Error | undefined;
  let next = slowStart;
  child.on('error', (error) => {
    failure = error;
  });
  for (let waited = 0; child.exitCode === null && child.signalCode === null; waited += 10) {
    if (failure) throw cannotRun(place.binaries.postgres, failure);
    const living = findLiving(place.cluster);
    if (living?.pid === child.pid && isReady(place.cluster)) return living;
    if (waited >= next) {
      log(`The database is still recovering after ${Math.round(waited / 1000)} s; its log is ${join(place.dataDir, 'postgres.log')}.`);
      next += slowStart;
    }
    await wait(10);
  }
  return undefined;
}

/** True when the server on the cluster accepts connections. */
export function isReady(cluster: string): boolean {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready';
  } catch {
    return false;
  }
}

function begin({ cluster, binaries, account }: Place, options: readonly string[], log: string): ChildProcess {
  const out = openSync(log, 'a', 0o600);
  const parameters = ['-D', cluster, ...options.flatMap((option) => ['-c', option])];
  const stdio = ['ignore', out, out] as const;
  const child = spawn(binaries.postgres, parameters, { ...account, cwd: '/', env: environment, detached: true, stdio: [...stdio] });
  closeSync(out);
  child.unref();
  return child;
}

function settings(unsafeNoSync: boolean): string[] {
  const durable = unsafeNoSync ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on'];
  return [
    ...durable,
    'listen_addresses=',
    'port=5432',
    'unix_socket_permissions=0700',
    'timezone=UTC',
    'log_timezone=UTC',
    'jit=off',
    'logging_collector=off',
    'log_destination=stderr',
    'log_min_messages=warning',
    'log_checkpoints=off',
    'log_line_prefix=%m [%p] %q%u@%d ',
  ];
}

/**
 * A private directory for the socket: in the data directory, or, where its path is too long for a socket (107 bytes
 * with the file name) or its file system takes none, a fresh one below /tmp.
 */
async function makeSocketDir({ dataDir, account }: Place): Promise<string> {
  const near = join(dataDir, 'socket');
  mkdirSync(near, { recursive: true, mode: 0o700 });
  const path = Buffer.byteLength(near) <= 90 && (await takesSockets(near)) ? near : mkdtempSync('/tmp/qd-');
  if (account) chownSync(path, account.uid, account.gid);
  return path;
}

function takesSockets(directory: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on('error', () => resolve(false));
    probe.listen(join(directory, `.${process.pid}`), () => probe.close(() => resolve(true)));
  });
}

function removeSocketDir({ dataDir }: Place, socketDir: string): void {
  if (!socketDir.startsWith(dataDir)) rmSync(socketDir, { recursive: true, force: true });
}

/** Keeps one older log beside a log that has grown large; gives where the new entries start. */
function trim(path: string): number {
  const size = existsSync(path) ? statSync(path).size : 0;
  if (size <= logLimit) return size;
  renameSync(path, `${path}.1`);
  return 0;
}

function sentenceOf({ dataDir }: Place, said: string): string {
  if (/no space left|quota exceeded/i.test(said)) return `No space is left for the database in ${dataDir}: free some and start again.`;
  const fatal = said.split('\n').findLast((line) => /(FATAL|PANIC):/.test(line));
  const why = fatal?.replace(/^.*?(FATAL|PANIC):\s*/, '') ?? ended(said);
  return `The database did not start: ${why} (more in ${join(dataDir, 'postgres.log')}).`;
}

/** Fast shutdown (open transactions are rolled back), immediate after 10 s; returns when the process is gone. */
export async function halt(place: Place, { pid, socketDir }: Living): Promise<void> {
  for (const [signal, patience] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (!runs(place, pid)) break;
    process.kill(pid, signal);
    for (let waited = 0; waited < patience && runs(place, pid); waited += 10) await wait(10);
  }
  // Gone from its cluster, but perhaps not yet reaped by this process.
  for (let waited = 0; waited < 1000 && isAlive(pid); waited += 10) await wait(10);
  removeSocketDir(place, socketDir);
}

/** A killed server whose parent is gone may stay as an unreaped entry, so being alive is not enough. */
function runs({ cluster }: Place, pid: number): boolean {
  return isAlive(pid) && findLiving(cluster)?.pid === pid;
}
