import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accountFor, giveTo, requireReachable } from './account.ts';
import { findBinaries } from './binaries.ts';
import { makeCluster, makeDataDir, type Passwords, type Place, readPasswords, setUpRoles } from './cluster.ts';
import { findLiving, type Living } from './living.ts';
import { acquireOwnership, type Ownership } from './ownership.ts';
import { StartRefused } from './refused.ts';
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
  const ownership = await own(place, living, connections);
  if (found) log(`Adopted the database that an earlier desk left running (process ${found.pid}).`);
  return { ...connections, ...living, adopted: found !== undefined, lost: ownership.lost, stop: once(() => stop(place, living, ownership)) };
}
