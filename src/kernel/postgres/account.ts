import { spawnSync } from 'node:child_process';
import { existsSync, lchownSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartRefused } from './refused.ts';

/** Who runs the server: an unprivileged account when we are root (PostgreSQL refuses root), else ourselves. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The account of the server, or nothing when it is the running user. The owner of an existing cluster stays its owner,
 * so the choice is stored with the data itself; a new cluster belongs to `quarterdeck` where that user exists, else to
 * `nobody`: initdb looks its own uid up, so a number without an account cannot make a cluster.
 */
export function accountFor(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return { uid, gid };
  }
  return named('quarterdeck') ?? named('nobody') ?? refuse();
}

function refuse(): never {
  throw new StartRefused('PostgreSQL does not run as root, and there is neither a user quarterdeck nor nobody. Run "useradd --system quarterdeck" and start again.');
}

function named(name: string): Account | undefined {
  const [uid, gid] = ['-u', '-g'].map((what) => spawnSync('id', [what, name], { encoding: 'utf8' }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Refuses a directory which the account cannot reach because a parent is closed to it. */
export function requireReachable(path: string, account: Account): void {
  for (let at = path; ; at = dirname(at)) {
    if (!mayPass(at, account))
      throw new StartRefused(`The database runs as uid ${account.uid}, which cannot enter ${at}: run "chmod o+x ${at}", or set QD_DATA_DIR to a directory outside it.`);
    if (at === dirname(at)) return;
  }
}

function mayPass(path: string, account: Account): boolean {
  const { uid, gid, mode } = statSync(path);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}

/** Gives a directory and all in it to the account, as after a copy made by root. */
export function giveTo(directory: string, { uid, gid }: Account): void {
  if (statSync(directory).uid === uid) return;
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) lchownSync(join(directory, name), uid, gid);
  lchownSync(directory, uid, gid);
}
