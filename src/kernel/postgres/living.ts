import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A server that runs on a cluster, as its own postmaster.pid tells. */
export interface Living {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
}

/** The server that is alive on the cluster, whoever started it; a pid file left by a dead one does not count. */
export function findLiving(cluster: string): Living | undefined {
  const lines = pidLines(cluster);
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid <= 1 || !isServerOf(cluster, pid)) return undefined;
  return { pid, port: Number(lines[3]), socketDir: lines[4] ?? '' };
}

/**
 * Removes a pid file whose number now belongs to another program, which PostgreSQL itself would take for a live server.
 * A number that belongs to nobody is left: PostgreSQL then still looks for survivors by their shared memory.
 */
export function clearStale(cluster: string): void {
  const pid = Number(pidLines(cluster)?.[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (isAlive(pid) && !isServerOf(cluster, pid) && !hasSurvivors(cluster)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function pidLines(cluster: string): string[] | undefined {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return undefined;
  }
}

/** A server has its cluster as working directory. Where /proc does not tell, its command line names the cluster. */
function isServerOf(cluster: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster) && /\/postgres( \(deleted\))?$/.test(readlinkSync(`/proc/${pid}/exe`));
  } catch {
    const command = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '';
    return command.includes('postgres') && command.includes(cluster);
  }
}

function hasSurvivors(cluster: string): boolean {
  try {
    return readdirSync('/proc').some((name) => /^\d+$/.test(name) && isServerOf(cluster, Number(name)));
  } catch {
    return false;
  }
}
