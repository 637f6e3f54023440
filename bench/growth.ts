import * as pg from 'pg';
import { openBenchDesk } from './desk.ts';
import { atMost, type Outcome } from './figures.ts';
import { load } from './load.ts';

const SIZES = [10_000, 100_000, 1_000_000] as const;
/** Paths that people look at most; `NEWEST` is an alert with a timeline. */
const LOOKS = {
  'alerts, newest': '/api/v1/alerts?limit=50',
  'alerts, open': '/api/v1/alerts?limit=50&state=triggered&state=acknowledged',
  'alerts, critical': '/api/v1/alerts?limit=50&severity=critical',
  'alerts of a service': '/api/v1/alerts?limit=50&service=SVC-1',
  'groups, open': '/api/v1/alert-groups?limit=50',
  'an alert': '/api/v1/alerts/NEWEST',
  'its timeline': '/api/v1/records/NEWEST/timeline?limit=50',
} as const;

/** The 99th percentile of lists and timelines with 10 thousand, 100 thousand and a million alerts stored; rows are inserted beside the desk. */
export async function run(): Promise<Outcome> {
  const desk = await openBenchDesk();
  const client = new pg.Client({ connectionString: desk.adminUrl });
  try {
    await client.connect();
    await desk.server.clients.catalog.create({ name: 'payments-api', tier: 1 });
    await desk.server.clients.alerts.createSource({ name: 'Prometheus' });
    const figures: Record<string, number> = {};
    let stored = 0;
    for (const size of SIZES) {
      await insertAlerts(client, stored + 1, size);
      stored = size;
      for (const [name, path] of Object.entries(LOOKS))
        figures[`p99 ms ${name}, ${size}`] = await p99Of(desk.port, desk.server.token, path.replace('NEWEST', `ALR-${1_000_000 + size}`));
    }
    const [few, , most] = SIZES;
    const ratios = Object.fromEntries(Object.keys(LOOKS).map((name) => [name, figures[`p99 ms ${name}, ${most}`]! / figures[`p99 ms ${name}, ${few}`]!]));
    return {
      name: 'growth',
      figures,
      ratios,
      targets: Object.entries(ratios).map(([name, ratio]) => atMost(`p99 of ${name}, ${most} to ${few} alerts`, ratio, 2)),
    };
  } finally {
    await client.end();
    await desk.close();
  }
}

async function p99Of(port: number, token: string, path: string): Promise<number> {
  const { p99, failed } = await load({ port, token, method: 'GET', path, connections: 2, seconds: 4 });
  if (failed > 0) throw new Error(`${path} failed ${failed} times`);
  return p99;
}

/** One in fifty is open; the newest come last. Each has its group of one and two entries in the log. */
async function insertAlerts(client: pg.Client, first: number, last: number): Promise<void> {
  await client.query(
    `
    with n as (select i, uuidv7() as id, timestamptz '2026-01-01' + i * interval '20 seconds' as at, i % 50 = 0 as open from generate_series($1::int, $2::int) i), r as (
      insert into record (id, kind, number, title, words, visibility, opened_at, changed_at)
      select id, 'alert', 'ALR-' || (1000000 + i), 'Latency of the checkout is high on host ' || i % 200, 'job node host db' || i % 200, 'everyone', at, at from n
    ), g as (
      insert into alerts_group (id, key, first_id, title, service_id, opened_at, last_at, closed_at, alert_count, open_count, severity, firings, confirmed, ticketed)
      select id, 'key-' || i, id, 'Latency of the checkout is high', (select id from record where number = 'SVC-1'), at, at, case when open then null else at end, 1, case when open then 1 else 0 end,
        (array['critical', 'error', 'warning', 'info'])[1 + i % 4], '[]', true, false from n
    ), l as (
      insert into activity (id, record_id, did, via, at, data, data_hash)
      select uuidv7(), id, did, 'system', at, '{}', '\\x00' from n, unnest(array['alert.opened', 'alert.resolved']) did
    )
    insert into alerts_alert (id, source_id, dedup_key, state, severity, service_id, service_because, origin, labels, details, links, opened_at, last_signal_at, signal_count, resolved_at, group_id)
    select id, (select id from alerts_source limit 1), 'key-' || i, case when open then 'triggered' else 'resolved' end, (array['critical', 'error', 'warning', 'info'])[1 + i % 4],
      (select id from record where number = 'SVC-1'), 'label service', 'host', '{"service":"payments-api"}', '{}', '[]', at, at, 1, case when open then null else at end, id from n`,
    [first, last],
  );
  await client.query('vacuum analyze record, alerts_alert, alerts_group, activity');
}
