import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accountFor, requireReachable } from './account.ts';
import { findBinaries } from './binaries.ts';
import { makeCluster, makeDataDir, type Passwords, type Place, readPasswords, setUpRoles } from './cluster.ts';
import { findLiving, type Living } from './living.ts';
import { acquireOwnership, type Ownership } from './ownership.ts';
import { halt, isReady, launch } from './server.ts';

export { acquireOwnership, type Ownership, readRun, type Run, writeRun } from './ownership.ts';
export { StartRefused } from './refused.ts';

/** The URLs of the two roles. They hold passwords: never log them. */
export interface Connections {
  /** as `qd_owner`: migrations, partitions, restore */
  readonly adminUrl: string;
  /** as `qd_app`: everything else */
  readonly appUrl: string;
}

export interface EmbeddedPostgres extends Connections {
  readonly socketDir: string;
  readonly pid: number;
  /** true when the server was left running by an owner that was killed */
  readonly adopted: boolean;
  /** settles with a sentence when this process is no longer the owner */
  readonly lost: Promise<string>;
  /** Gives up ownership and stops the server: fast, then immediate after 10 s. Repeating it is harmless. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  readonly log: (sentence: string) => void;
  /** no fsync: only for databases that may be lost */
  readonly unsafeNoSync?: boolean;
}

/**
 * Runs PostgreSQL on the data directory and becomes its one owner, or throws `StartRefused` with the reason. A server
 * left alive by a killed owner is adopted; after a crash the cluster is recovered.
 */
export async function startEmbedded({ dataDir: given, log, unsafeNoSync = false }: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(given);
  makeDataDir(dataDir);
  const cluster = join(dataDir, 'pg');
  const account = accountFor(cluster);
  if (account) requireReachable(dataDir, account);
  const { passwords, made } = readPasswords(dataDir);
  const place: Place = { dataDir, cluster, account, binaries: findBinaries(dataDir, account) };

  const found = await adopt(cluster);
  const living = found ?? (await start(place, passwords, { made, unsafeNoSync, log }));
  const connections = connectionsOf(living, passwords);
  const ownership = await own(place, connections);
  if (found) log(`Adopted the database that an earlier desk left running (process ${found.pid}).`);
  return { ...connections, ...living, adopted: found !== undefined, lost: ownership.lost, stop: once(() => stop(place, living, ownership)) };
}

/** The server that an earlier desk left behind; waits while it still recovers. */
async function adopt(cluster: string): Promise<Living | undefined> {
  for (let waited = 0; waited < 60_000; waited += 20) {
    const living = findLiving(cluster);
    if (!living) return undefined;
    if (isReady(cluster)) return living;
    await wait(20);
  }
  return undefined;
}

interface Start {
  readonly made: boolean;
  readonly unsafeNoSync: boolean;
  readonly log: (sentence: string) => void;
}

async function start(place: Place, passwords: Passwords, { made, unsafeNoSync, log }: Start): Promise<Living> {
  await makeCluster(place, passwords);
  // A lost password file was made anew: the stopped cluster learns the new words before anybody connects.
  if (made) await setUpRoles(place, passwords);
  return launch({ place, unsafeNoSync, log });
}

function connectionsOf({ socketDir, port }: Living, passwords: Passwords): Connections {
  const url = (role: keyof Passwords) => `postgresql://${role}:${passwords[role]}@localhost:${port}/quarterdeck?host=${encodeURIComponent(socketDir)}`;
  return { adminUrl: url('qd_owner'), appUrl: url('qd_app') };
}

/** When the lock is held by another desk, the server is that desk's: it is left running. */
function own(place: Place, { adminUrl }: Connections): Promise<Ownership> {
  return acquireOwnership(adminUrl, place.dataDir);
}

async function stop(place: Place, living: Living, ownership: Ownership): Promise<void> {
  await ownership.release();
  await halt(place, living);
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= run());
}
