import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { readRun } from '#kernel/postgres/index.ts';
import { freePort, scratch } from '#testing/server.ts';
import { atMost, median, type Outcome } from './figures.ts';
import { childrenOf, proportionalMb, residentMb } from './machine.ts';

const ROOT = join(import.meta.dirname, '..');
const RUNS = 5;
const IDLE_MS = 10_000;

/** What `npm start` runs, on a built clone with an existing database, until /readyz says yes. */
export async function run(): Promise<Outcome> {
  const place = scratch('bench-start');
  const dataDir = join(place.path, 'data');
  const took: number[] = [];
  try {
    const first = await begin(dataDir);
    await end(first.child);
    for (let i = 0; i < RUNS - 1; i += 1) {
      const started = await begin(dataDir);
      took.push(started.took);
      await end(started.child);
    }
    const last = await begin(dataDir);
    took.push(last.took);
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const node = residentMb(readRun(dataDir)?.pid ?? 0);
    const postmaster = Number(readFileSync(join(dataDir, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
    const postgres = proportionalMb([postmaster, ...childrenOf(postmaster)]);
    await end(last.child);
    return {
      name: 'start',
      figures: {
        readyMs: median(took),
        slowestMs: Math.max(...took),
        firstStartMs: first.took,
        nodeIdleMb: node,
        postgresIdleMb: postgres,
      },
      ratios: {},
      targets: [atMost('ms from start to /readyz', median(took), 1500), atMost('MB of the idle app', node, 150)],
    };
  } finally {
    place.remove();
  }
}

async function begin(dataDir: string): Promise<{ child: ChildProcess; took: number }> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, ['bin/qd.js', 'start'], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { PATH: process.env['PATH'], QD_PORT: String(port), QD_DATA_DIR: dataDir },
  });
  for (const until = began + 120_000; performance.now() < until;) {
    if (
      await fetch(`http://127.0.0.1:${port}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return { child, took: performance.now() - began };
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  child.kill('SIGKILL');
  throw new Error('the desk did not become ready');
}

function end(child: ChildProcess): Promise<unknown> {
  const ended = new Promise((resolve) => {
    child.once('exit', resolve);
  });
  child.kill('SIGTERM');
  return ended;
}
