import * as pg from 'pg';
import pino from 'pino';
import { movableClock } from '#kernel/clock.ts';
import type { Config } from '#kernel/config.ts';
import { makePartitions } from '#kernel/migrate.ts';
import { openDesk } from '#kernel/open.ts';
import { writeAs } from '#kernel/act.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { activeAdmins, issueTicket } from '#capabilities/people/index.ts';
import { modules } from '#modules';
import { chance } from './chance.ts';
import { INCIDENTS } from './happenings.ts';
import { dutyOfTheSeason } from './rotas.ts';
import { openToOutside, tellOutside } from './outside.ts';
import { promises } from './promises.ts';
import { furnish, type Company } from './setting.ts';
import { breakSomething, tell } from './story.ts';
import { HEARTBEATS } from './upkeep.ts';
import { openWorld, type World } from './world.ts';

const DAY = 86_400_000;

export interface Replay {
  readonly config: Config;
  readonly until: number;
  readonly days: number;
  readonly progress: (day: number, days: number) => void;
}

/**
 * Plays the sample organisation into an empty database: half a year of alerts, incidents, reviews and actions, each
 * through the desk's own verbs with the clock of that day, ending at `until` with two incidents live and pages open.
 * Returns false, and changes nothing, when the database holds people already.
 */
export async function replay({ config, until, days, progress }: Replay): Promise<boolean> {
  const begin = Math.floor((until - days * DAY) / DAY) * DAY;
  const clock = movableClock(begin);
  const quiet = { ...config, role: 'web' as const, bootstrapToken: undefined };
  const open = await openDesk({ config: quiet, modules, clock, log: pino({ level: 'warn' }), work: 'when drained' });
  try {
    if ((await activeAdmins(open.desk.db)).length > 0) return false;
    await prepare(open.desk.adminUrl, begin, days);
    open.desk.pool.on('connect', (client) => {
      void client.query('set synchronous_commit = off');
    });
    await open.app.ready();
    const world = openWorld(open, clock);
    const company = await furnish(world);
    await openToOutside(world, company);
    const teller = { world, company, chance: chance(4680) };
    await tell(teller, until - 3 * 60 * 60_000, (day) => progress(day, days));
    await lastHours(teller, until);
    return true;
  } finally {
    await open.close();
  }
}

/** The present: one incident that is being worked on, one that is watched, and a page that waits. */
async function lastHours(teller: Parameters<typeof tell>[0], until: number): Promise<void> {
  const [payments, mail] = [INCIDENTS[0], INCIDENTS[1]];
  const planned: { at: number; run: () => Promise<void> }[] = [];
  const full = {
    ...teller,
    plan: (at: number, run: () => Promise<void>) => {
      planned.push({ at, run });
    },
  };
  if (payments && mail) {
    planned.push(
      { at: until - 134 * 60_000, run: () => breakSomething(full, mail, 'monitoring') },
      { at: until - 45 * 60_000, run: () => breakSomething(full, payments, 'mitigating') },
    );
  }
  const { world, company } = teller;
  for (const [before, service, summary] of DEPLOYMENTS) {
    const at = until - before * 60_000;
    planned.push({
      at,
      run: () =>
        world.post('/v2/change/enqueue', {
          routing_key: company.keys.prometheus,
          payload: { summary, source: 'deploy pipeline', timestamp: new Date(at).toISOString(), custom_details: { service } },
        }),
    });
  }
  planned.push({
    at: until - 16 * 60_000,
    run: () =>
      world.post(`/ingest/${company.keys.prometheus}/alertmanager`, {
        version: '4',
        status: 'firing',
        receiver: 'desk',
        alerts: [
          {
            status: 'firing',
            labels: { alertname: 'QueueGrowing', service: 'message-bus', severity: 'critical', instance: 'message-bus-2' },
            annotations: { summary: 'Queue of message-bus grows for 15 minutes' },
            startsAt: new Date(until - 16 * 60_000).toISOString(),
            endsAt: '0001-01-01T00:00:00Z',
          },
        ],
      }),
  });
  while (planned.length > 0) {
    planned.sort((a, b) => a.at - b.at);
    const next = planned.shift();
    if (!next || next.at > until) break;
    await world.until(next.at);
    await next.run();
  }
  await world.until(until);
  await looseEnds(world, company);
}

/** Minutes before now, service, what was deployed there. */
const DEPLOYMENTS = [
  [53, 'payments-api', 'Raise connection pool to 80'],
  [82, 'erp-db', 'pgbouncer 1.23.1'],
  [300, 'fraud-score', 'fraud-score 7.4.0'],
  [26 * 60, 'payments-api', 'payments-api 12.8.2'],
] as const;

/** What an IT lead finds on a Saturday: somebody away on a shift, an action that is late, heartbeats of the nightly jobs. */
async function looseEnds(world: World, company: Company): Promise<void> {
  const { admin } = company;
  const platform = company.teams[0] ?? '';
  const day = (ahead: number) => new Date(world.now() + ahead * DAY).toISOString().slice(0, 10);
  await dutyOfTheSeason(world, company);
  for (const [title, due] of [
    ['Move the CI runners off hv-cluster', -3],
    ['Write the runbook for a full registry', 2],
    ['Renew the certificate of load-balancer', 5],
  ] as const) {
    await world.call(admin, 'followups', 'create', { title, owner: 'me', team: platform, dueOn: day(due), priority: due < 0 ? 'high' : 'normal' });
  }
  for (const [name, service, days] of HEARTBEATS) {
    const number = company.services.get(service)?.number;
    const check = await world.call(admin, 'checks', 'create', {
      name,
      ...(number ? { service: number } : {}),
      probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: days * 86_400 } },
    });
    const { pingUrl } = await world.call(admin, 'checks', 'get', { number: check.number });
    if (pingUrl && service !== 'etl') await world.get(new URL(pingUrl).pathname);
  }
  await promises(world, company);
  await tellOutside(world, company);
  await world.settle();
}

/** The log's partitions of the months that are played. */
async function prepare(adminUrl: string | undefined, begin: number, days: number): Promise<void> {
  if (!adminUrl) return;
  const client = new pg.Client({ connectionString: adminUrl, options: '-c timezone=UTC' });
  await client.connect();
  await makePartitions(client, begin, Math.ceil(days / 28)).finally(() => client.end());
}

/** A link that signs in as the administrator of the sample organisation, for a day. */
export async function demoLink(open: Awaited<ReturnType<typeof openDesk>>): Promise<string | null> {
  const [admin] = await activeAdmins(open.desk.db);
  if (!admin) return null;
  const link = await writeAs(open.desk, SYSTEM, (ctx) => issueTicket(ctx, { purpose: 'demo', personId: admin.id, days: 1 }), 'quiet');
  return link.replace('/welcome#', '/demo/');
}
