import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import * as pg from 'pg';
import { nextRun } from '#capabilities/checks/rules/index.ts';
import { openBenchDesk } from './desk.ts';
import { atLeast, atMost, quantile, type Outcome } from './figures.ts';
import { residentMb } from './machine.ts';

const CHECKS = 5000;
const INTERVAL_SECONDS = 20;
const MEASURED_SECONDS = 60;
/** Uptime Kuma 2.5.3, measured on such a machine: 4,200 checks a minute with 0.26 of a core, in one process. */
const PEER_PER_CORE_MINUTE = 4200 / 0.26;

/** 5,000 HTTP checks every 20 s against a server of its own process: processor time, drift of the starts, memory. */
export async function run(): Promise<Outcome> {
  const target = fork(import.meta.filename, { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const port = await new Promise<number>((resolve) => {
    target.once('message', (message) => resolve(Number(message)));
  });
  let making = 0;
  const desk = await openBenchDesk({ QD_LOG_LEVEL: 'warn' }, async (_, { clients }) => {
    const began = performance.now();
    for (let from = 0; from < CHECKS; from += 20)
      await Promise.all(
        Array.from({ length: 20 }, (__, i) =>
          clients.checks.create({
            name: `Check ${from + i}`,
            probe: { kind: 'http', url: `http://127.0.0.1:${port}/${from + i}`, intervalSeconds: INTERVAL_SECONDS, timeoutSeconds: 5 },
          }),
        ),
      );
    making = (performance.now() - began) / 1000;
  });
  const started = new Date();
  const client = new pg.Client({ connectionString: desk.adminUrl });
  try {
    await client.connect();
    const running = async () => Number((await client.query(`select count(distinct check_id)::int as n from checks_result where at >= $1`, [started])).rows[0].n);
    while ((await running()) < CHECKS && Date.now() - started.getTime() < 120_000) await new Promise((resolve) => setTimeout(resolve, 200));
    const { rows: firsts } = await client.query<{ at: Date }>(`select min(at) as at from checks_result where at >= $1 group by check_id order by 1 desc limit 1`, [started]);
    const allRunning = ((firsts[0]?.at.getTime() ?? Number.NaN) - started.getTime()) / 1000;
    const { nodeCores, postgresCores } = await desk.during(() => new Promise((resolve) => setTimeout(resolve, MEASURED_SECONDS * 1000)));
    const { rows } = await client.query<{ checkId: string; at: Date; ok: boolean }>(
      `select check_id as "checkId", at, ok from checks_result where at >= (select max(at) from checks_result) - interval '${MEASURED_SECONDS - 5} seconds'`,
    );
    const drift = rows.map(({ checkId, at }) => at.getTime() - (nextRun(checkId, INTERVAL_SECONDS * 1000, at.getTime() + 1) - INTERVAL_SECONDS * 1000));
    const perMinute = (rows.length * 60) / (MEASURED_SECONDS - 5);
    const memory = residentMb(desk.server.pid);
    const perCoreMinute = perMinute / (nodeCores + postgresCores);
    return {
      name: 'checks',
      figures: {
        perMinute,
        failed: rows.filter(({ ok }) => !ok).length,
        nodeCores,
        postgresCores,
        perCoreMinute,
        perNodeCoreMinute: perMinute / nodeCores,
        makingSeconds: making,
        allRunningAfterSeconds: allRunning,
        driftP50Ms: quantile(drift, 0.5),
        driftP99Ms: quantile(drift, 0.99),
        memoryMb: memory,
      },
      ratios: { 'checks per core-minute / Uptime Kuma': perCoreMinute / PEER_PER_CORE_MINUTE },
      targets: [
        atLeast('checks per core-minute (desk and database) / Uptime Kuma', perCoreMinute / PEER_PER_CORE_MINUTE, 2),
        atLeast('checks a minute of 15,000 asked', perMinute, 14_800),
        atMost('seconds until all run', allRunning, INTERVAL_SECONDS),
        atMost('p99 ms of drift', quantile(drift, 0.99), 250),
        atMost('MB of the desk', memory, 200),
      ],
    };
  } finally {
    await client.end();
    await desk.close();
    target.kill();
  }
}

if (import.meta.main) {
  const server = createServer((_request, response) => response.end('fine')).listen(0, '127.0.0.1', () => {
    const address = server.address();
    process.send?.(typeof address === 'object' ? address?.port : 0);
  });
}
