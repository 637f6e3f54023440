import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accountFor, giveTo, requireReachable } from './account.ts';
import { findBinaries } from './binaries.ts';
import { makeCluster, makeDataDir, type Passwords, type Place, readPasswords, setUpRoles } from './cluster.ts';
import { findLiving, type Living } from './living.ts';
import { acquireOwnership } from './ownership.ts';
import { StartRefused } from './refused.ts';
import { halt, isReady, launch } from './server.ts';

export { readRun, writeRun } from './ownership.ts';
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

  const found = await adopt(place);
  if (found && made) throw new StartRefused(`${dataDir} has lost its passwords while its database runs: stop process ${found.pid} and start again.`);
  let living = found ?? (await start(place, passwords, { made, unsafeNoSync, log }));
  const connections = connect(living, passwords);
  let stopped: Promise<void> | undefined;
  let revived = Promise.resolve();
  /** A server that was killed under a running desk is started again; the open connections' addresses stay right. */
  async function revive(): Promise<void> {
    if (stopped || findLiving(cluster)) return;
    log('The database ended by itself and is started again.');
    living = await launch({ place, unsafeNoSync, log });
  }
  const ownership = await acquireOwnership(connections.adminUrl, dataDir, () => (revived = revive()));
  if (found) log(`Adopted the database that an earlier desk left running (process ${found.pid}).`);
  const { pid, socketDir } = living;
  async function stop(): Promise<void> {
    await ownership.release();
    await revived.catch(() => {});
    await halt(place, living);
  }
  return {
    ...connections,
    socketDir,
    pid,
    adopted: found !== undefined,
    lost: ownership.lost,
    stop: () => (stopped ??= stop()),
  };
}

/** The connections of the desk that runs on the data directory, for commands and workers that join it. */
export function joinEmbedded(given: string): Connections {
  const dataDir = resolve(given);
  const living = findLiving(join(dataDir, 'pg'));
  if (!living) throw new StartRefused(`No desk runs on ${dataDir}: start one first, or set QD_DATA_DIR to where it runs.`);
  return connect(living, readPasswords(dataDir).passwords);
}

interface Start {
  /** the passwords are new, so an existing cluster does not know them */
  readonly made: boolean;
  readonly unsafeNoSync: boolean;
  readonly log: (sentence: string) => void;
}

async function start(place: Place, passwords: Passwords, { made, unsafeNoSync, log }: Start): Promise<Living> {
  const existed = existsSync(place.cluster);
  if (place.account && existed) giveTo(place.cluster, place.account);
  await makeCluster(place, passwords);
  if (made && existed) await setUpRoles(place, passwords);
  return launch({ place, unsafeNoSync, log });
}

/** A server found starting, recovering or stopping is waited for. */
async function adopt({ cluster }: Place): Promise<Living | undefined> {
  for (let living = findLiving(cluster); living; living = findLiving(cluster)) {
    if (isReady(cluster)) return living;
    await wait(20);
  }
  return undefined;
}

/** The host parameter is what counts; `localhost` is there because URL parsers refuse a password without a host. */
function connect({ socketDir, port }: Living, passwords: Passwords): Connections {
  const to = (role: keyof Passwords) => `postgresql://${role}:${passwords[role]}@localhost:${port}/quarterdeck?host=${encodeURIComponent(socketDir)}`;
  return { adminUrl: to('qd_owner'), appUrl: to('qd_app') };
}
