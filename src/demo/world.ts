import { sql } from 'kysely';
import { act } from '#kernel/act.ts';
import type { MovableClock } from '#kernel/clock.ts';
import type { In, Out, Verb } from '#kernel/contract.ts';
import type { Desk } from '#kernel/desk.ts';
import type { OpenDesk } from '#kernel/open.ts';
import { NOBODY, type Actor } from '#kernel/permissions.ts';
import { tasksOf } from '#kernel/worker.ts';
import { contracts } from '#contracts';

type Contracts = typeof contracts;
type VerbsOf<C extends keyof Contracts> = Contracts[C]['verbs'];

/** A desk whose past is played through its own actions: the clock is moved, jobs and reactions run at their time. */
export interface World {
  readonly desk: Desk;
  now(): number;
  /** Calls a verb as a person, with the same checks as a request. */
  call<C extends keyof Contracts, V extends keyof VerbsOf<C> & string>(
    actor: Actor,
    capability: C,
    verb: V,
    input: VerbsOf<C>[V] extends Verb ? In<VerbsOf<C>[V]> : never,
  ): Promise<VerbsOf<C>[V] extends Verb ? Out<VerbsOf<C>[V]> : never>;
  /** Posts to an ordinary route (ingest). */
  post(path: string, body: unknown): Promise<void>;
  /** Gets an ordinary route (a heartbeat's ping). */
  get(path: string): Promise<void>;
  /** Moves the clock on to an instant; everything that falls due on the way happens then. */
  until(instant: number): Promise<void>;
  settle(): Promise<void>;
  actorOf(personId: string, name: string, role: Actor['role']): Actor;
}

export function openWorld(open: OpenDesk, clock: MovableClock): World {
  const { desk } = open;
  const tasks = tasksOf(desk);
  async function settle(): Promise<void> {
    for (;;) {
      for (const module of desk.modules) await module.settle?.(desk);
      const read = await open.subscriptions.drain();
      const ran = await runDue(desk, tasks);
      if (read === 0 && ran === 0) return;
    }
  }
  return {
    desk,
    settle,
    now: clock.now,
    async call(actor, capability, verb, input) {
      const module = desk.modules.find((one) => one.contract.name === capability);
      const found = module?.contract.verbs[verb];
      if (!module || !found) throw new Error(`there is no ${capability}.${verb}`);
      return (await act(desk, { module, name: verb, verb: found }, input, { actor })).body as never;
    },
    async post(path, body) {
      const answer = await open.app.inject({ method: 'POST', url: path, headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) });
      if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}: ${answer.body}`);
    },
    async get(path) {
      const answer = await open.app.inject({ method: 'GET', url: path });
      if (answer.statusCode >= 300) throw new Error(`${path} answered ${answer.statusCode}: ${answer.body}`);
    },
    async until(instant) {
      await settle();
      for (;;) {
        const {
          rows: [next],
        } = await sql<{ at: string | null }>`select min(run_at) as at from graphile_worker._private_jobs where attempts < max_attempts`.execute(desk.db);
        const at = next?.at ? Date.parse(next.at) : null;
        if (at === null || at > instant) break;
        clock.set(Math.max(at, clock.now()));
        await settle();
      }
      clock.set(Math.max(instant, clock.now()));
    },
    actorOf: (id, name, role) => ({ ...NOBODY, id, kind: 'person', name, role, via: 'web' }),
  };
}

async function runDue(desk: Desk, tasks: ReturnType<typeof tasksOf>): Promise<number> {
  const now = new Date(desk.clock.now()).toISOString();
  const { rows } = await sql<{ id: string; task: string; payload: unknown }>`
    with due as (delete from graphile_worker._private_jobs where id in (
      select id from graphile_worker._private_jobs where run_at <= ${now}::timestamptz order by run_at, priority, id limit 50) returning id, task_id, payload, run_at)
    select due.id::text as id, t.identifier as task, due.payload from due join graphile_worker._private_tasks t on t.id = due.task_id order by due.run_at, due.id`.execute(desk.db);
  for (const job of rows) await tasks.get(job.task)?.(desk, job.payload);
  return rows.length;
}
