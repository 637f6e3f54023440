import { Logger, parseCronItems, run, type Runner, type TaskList } from 'graphile-worker';
import { EventEmitter } from 'node:events';
import { sql } from 'kysely';
import { iso } from './clock.ts';
import { jobOf } from './act.ts';
import type { Desk } from './desk.ts';
import type { Wire } from './log-reader.ts';

type Task = (desk: Desk, payload: unknown) => Promise<void>;

/** Every task of every capability, by its name. */
export function tasksOf(desk: Desk): ReadonlyMap<string, Task> {
  const all = new Map<string, Task>();
  for (const module of desk.modules) {
    for (const [name, task] of Object.entries(module.jobs?.tasks ?? {})) {
      if (all.has(name)) throw new Error(`two capabilities have a task ${name}`);
      all.set(name, (on, payload) => task(jobOf(on, payload)));
    }
  }
  return all;
}

/** Cron lines of all capabilities, UTC. */
export function scheduleOf(desk: Desk): readonly { task: string; cron: string }[] {
  return desk.modules.flatMap((m) => Object.entries(m.jobs?.every ?? {}).map(([task, cron]) => ({ task, cron })));
}

/** Takes jobs from the queue until stopped. Time of the queue is the desk's clock. */
export async function startWorker(desk: Desk, wire: Wire): Promise<{ stop(): Promise<void> }> {
  const taskList: TaskList = {};
  for (const [name, task] of tasksOf(desk)) {
    taskList[name] = async (payload) => {
      const outcome = await task(desk, payload).then(
        () => 'done',
        (error: unknown) => {
          desk.log.error({ err: error, task: name }, 'a job failed and will be tried again');
          desk.metrics.jobs.inc({ task: name, outcome: 'failed' });
          throw error;
        },
      );
      desk.metrics.jobs.inc({ task: name, outcome });
    };
  }
  const events = new EventEmitter();
  // Jobs are locked in the name of the pool, not of the worker that runs them.
  const pools = new Set<string>();
  events.on('pool:create', ({ workerPool }: { workerPool: { id: string } }) => {
    pools.add(workerPool.id);
  });
  const runner: Runner = await run({
    pgPool: desk.pool,
    taskList,
    concurrency: 6,
    noHandleSignals: true,
    useNodeTime: true,
    pollInterval: 1000,
    events: events as never,
    logger: quietLogger(desk),
    parsedCronItems: parseCronItems(scheduleOf(desk).map(({ task, cron }) => ({ task, match: cron }))),
  } as Parameters<typeof run>[0]);
  const beat = setInterval(() => {
    desk.state.workerSeenAt = desk.clock.now();
    reap(desk, wire, pools).catch((error: unknown) => desk.log.warn({ err: error }, 'the reaper of killed workers failed'));
  }, 2000);
  await reap(desk, wire, pools);
  desk.state.workerSeenAt = desk.clock.now();
  return {
    async stop() {
      clearInterval(beat);
      await runner.stop().catch(() => undefined);
      if (pools.size > 0)
        await desk.db
          .deleteFrom('workerPool')
          .where('poolId', 'in', [...pools])
          .execute()
          .catch(() => undefined);
    },
  };
}

/** The queue keeps the jobs of a killed node locked for hours: free those whose node's own backend is gone. */
async function reap(desk: Desk, wire: Wire, pools: ReadonlySet<string>): Promise<void> {
  const backend = wire.backend();
  if (backend !== null && pools.size > 0) {
    await desk.db
      .insertInto('workerPool')
      .values([...pools].map((poolId) => ({ poolId, backend, startedAt: iso(desk.clock.now()) })))
      .onConflict((c) => c.column('poolId').doUpdateSet({ backend }))
      .execute();
  }
  const { rows } = await sql<{ poolId: string }>`
    select pool_id from worker_pool where not exists (
      select 1 from pg_stat_activity a where a.pid = worker_pool.backend and a.application_name = 'quarterdeck wire')`.execute(desk.db);
  const gone = rows.map((row) => row.poolId).filter((id) => !pools.has(id));
  if (gone.length === 0) return;
  await sql`select graphile_worker.force_unlock_workers(${gone}::text[])`.execute(desk.db);
  await desk.db.deleteFrom('workerPool').where('poolId', 'in', gone).execute();
  desk.log.warn({ pools: gone.length }, 'jobs of a killed worker were freed');
}

function quietLogger(desk: Desk): Logger {
  return new Logger(() => (level, message) => {
    if (level === 'error') desk.log.error({ from: 'queue' }, message);
    else if (level === 'warning') desk.log.warn({ from: 'queue' }, message);
  });
}
