import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { ended, run } from './programs.ts';
import { codeOf, refusedBySystem, StartRefused } from './refused.ts';

/** Where one embedded database lives and who runs it. */
export interface Place {
  readonly dataDir: string;
  /** the directory of the PostgreSQL cluster, `dataDir/pg` */
  readonly cluster: string;
  readonly account: Account | undefined;
  readonly binaries: Binaries;
}

/** The two roles' passwords, kept 0600 in the data directory. */
export interface Passwords {
  readonly qd_owner: string;
  readonly qd_app: string;
}

/** Makes the data directory. Only it is private: a mode given to a recursive mkdir would close its parents as well. */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dirname(dataDir), { recursive: true, mode: 0o755 });
    if (!existsSync(dataDir)) mkdirSync(dataDir, { mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    readdirSync(dataDir);
  } catch (error) {
    throw refusedBySystem(error, dataDir) ?? error;
  }
}

/** Makes the cluster where there is none, and refuses one that this PostgreSQL cannot run. */
export async function makeCluster(place: Place, passwords: Passwords): Promise<void> {
  if (isAbsent(place.cluster)) return initialise(place, passwords);
  requireSound(place);
}

function isAbsent(cluster: string): boolean {
  try {
    return !existsSync(cluster) || readdirSync(cluster).length === 0;
  } catch (error) {
    throw refusedBySystem(error, cluster) ?? error;
  }
}

function requireSound({ cluster, binaries, dataDir }: Place): void {
  for (const needed of ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal', 'pg_xact']) {
    if (existsSync(join(cluster, needed))) continue;
    throw new StartRefused(`The database in ${cluster} is damaged: ${needed} is missing. Restore a backup into an empty data directory; nothing in ${dataDir} was changed.`);
  }
  const major = Number.parseInt(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10);
  if (major === binaries.major) return;
  const advice =
    major > binaries.major ? 'start the newer Quarterdeck that made it' : 'make a backup with the Quarterdeck that made it and restore it into an empty data directory';
  throw new StartRefused(`The database in ${cluster} was made by PostgreSQL ${major} and this is ${binaries.major}: ${advice}.`);
}

/** In a draft directory that is renamed when whole: a crash half-way leaves nothing that looks like a database. */
async function initialise(place: Place, passwords: Passwords): Promise<void> {
  const draft = mkdtempSync(`${place.cluster}-`);
  const word = `${draft}.word`;
  try {
    writeFileSync(word, passwords.qd_owner, { mode: 0o600 });
    if (place.account) for (const path of [draft, word]) chownSync(path, place.account.uid, place.account.gid);
    const result = await run(place.binaries.initdb, initdbArguments(draft, word), { account: place.account, input: '' });
    if (result.code !== 0) throw initdbRefused(place, result.output);
    await setUpRoles({ ...place, cluster: draft }, passwords);
    await alone({ ...place, cluster: draft }, ['create database quarterdeck owner qd_owner']);
    rename(draft, place.cluster);
  } catch (error) {
    throw refusedBySystem(error, place.dataDir) ?? error;
  } finally {
    rmSync(word, { force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}

function initdbArguments(draft: string, word: string): string[] {
  return [
    `--pgdata=${draft}`,
    '--username=qd_owner',
    `--pwfile=${word}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--data-checksums',
    '--no-instructions',
    '--set=shared_buffers=128MB',
    '--set=max_connections=100',
    '--set=max_wal_size=1GB',
    '--set=min_wal_size=80MB',
  ];
}

function initdbRefused({ dataDir }: Place, output: string): StartRefused {
  if (/no space left|quota exceeded/i.test(output)) return new StartRefused(`No space is left for the database in ${dataDir}: free some and start again.`);
  return new StartRefused(`The database could not be made in ${dataDir}: ${ended(output)}`);
}

/** Another process may have been as quick: its cluster is as good as ours, for both read the same passwords. */
function rename(draft: string, cluster: string): void {
  try {
    renameSync(draft, cluster);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '')) throw error;
  }
}

/** Sets the roles and their passwords in a stopped cluster; safe to repeat, which also heals a lost password file. */
export async function setUpRoles(place: Place, passwords: Passwords): Promise<void> {
  await alone(place, [
    `alter role qd_owner password '${passwords.qd_owner}'`,
    `do $$ begin if to_regrole('qd_app') is null then create role qd_app; end if; end $$`,
    `alter role qd_app login nosuperuser nocreatedb nocreaterole password '${passwords.qd_app}'`,
  ]);
}

/** Runs statements in single-user mode, which needs no password and lets nobody else in. */
async function alone({ cluster, binaries, account }: Place, statements: readonly string[]): Promise<void> {
  const input = statements.map((sql) => `${sql};\n\n`).join('');
  const parameters = ['--single', '-j', '-c', 'exit_on_error=on', '-D', cluster, 'postgres'];
  const result = await run(binaries.postgres, parameters, { account, input });
  if (result.code !== 0) throw new StartRefused(`The database could not be set up in ${cluster}: ${ended(result.output)}`);
}

/** Reads the passwords, making them first where there are none; `made` says that the cluster does not know them yet. */
export function readPasswords(dataDir: string): { readonly passwords: Passwords; readonly made: boolean } {
  const path = join(dataDir, 'database-passwords.json');
  const made = !existsSync(path);
  try {
    if (made) write(path, { qd_owner: randomBytes(24).toString('hex'), qd_app: randomBytes(24).toString('hex') });
    return { passwords: JSON.parse(readFileSync(path, 'utf8')) as Passwords, made };
  } catch (error) {
    throw refusedBySystem(error, path) ?? error;
  }
}

/** A hard link fails where the name exists, so two processes that start at once agree on one whole file. */
function write(path: string, passwords: Passwords): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(passwords), { mode: 0o600 });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}
