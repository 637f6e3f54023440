import * as pg from 'pg';
import { openBenchDesk } from './desk.ts';
import { atMost, type Outcome } from './figures.ts';
import { load } from './load.ts';

const FEW = 1000;
const MANY = 100_000;
const LISTS = {
  newest: '?limit=50',
  open: '?limit=50&state=triggered&state=acknowledged',
  critical: '?limit=50&severity=critical',
  service: '?limit=50&service=SVC-1',
} as const;

/** The 99th percentile of the list of alerts with 1,000 and with 100,000 alerts; rows are inserted beside the desk. */
export async function run(): Promise<Outcome> {
  const desk = await openBenchDesk();
  const client = new pg.Client({ connectionString: desk.adminUrl });
  try {
    await client.connect();
    await desk.server.clients.catalog.create({ name: 'payments-api', tier: 1 });
    await desk.server.clients.alerts.createSource({ name: 'Prometheus' });
    const figures: Record<string, number> = {};
    const ratios: Record<string, number> = {};
    await insertAlerts(client, 1, FEW);
    const few = await measure(desk.port, desk.server.token);
    await insertAlerts(client, FEW + 1, MANY);
    const many = await measure(desk.port, desk.server.token);
    for (const name of Object.keys(LISTS)) {
      figures[`${name}P99MsOf1000`] = few[name] ?? Number.NaN;
      figures[`${name}P99MsOf100000`] = many[name] ?? Number.NaN;
      ratios[name] = (many[name] ?? Number.NaN) / (few[name] ?? Number.NaN);
    }
    return {
      name: 'list',
      figures,
      ratios,
      targets: Object.entries(ratios).map(([name, ratio]) => atMost(`p99 of ${name}, 100,000 to 1,000 alerts`, ratio, 2)),
    };
  } finally {
    await client.end();
    await desk.close();
  }
}

async function measure(port: number, token: string): Promise<Record<string, number>> {
  const p99: Record<string, number> = {};
  for (const [name, query] of Object.entries(LISTS)) {
    const { p99: one, failed } = await load({ port, token, method: 'GET', path: `/api/v1/alerts${query}`, connections: 2, seconds: 4 });
    if (failed > 0) throw new Error(`the list ${name} failed ${failed} times`);
    p99[name] = one;
  }
  return p99;
}

/** One in fifty is open; the newest come last. */
async function insertAlerts(client: pg.Client, first: number, last: number): Promise<void> {
  await client.query(
    `
    with n as (select i, uuidv7() as id, timestamptz '2026-01-01' + i * interval '2 minutes' as at from generate_series($1::int, $2::int) i), r as (
      insert into record (id, kind, number, title, words, visibility, opened_at, changed_at)
      select id, 'alert', 'ALR-' || (1000000 + i), 'Latency of the checkout is high on host ' || i % 200, 'job node host db' || i % 200, 'everyone', at, at from n)
    insert into alerts_alert (id, source_id, dedup_key, state, severity, service_id, service_because, origin, labels, details, links, opened_at, last_signal_at, signal_count, resolved_at)
    select id, (select id from alerts_source limit 1), 'key-' || i, case when i % 50 = 0 then 'triggered' else 'resolved' end, (array['critical', 'error', 'warning', 'info'])[1 + i % 4],
      (select id from record where number = 'SVC-1'), 'label service', 'host', '{"service":"payments-api"}', '{}', '[]', at, at, 1, case when i % 50 = 0 then null else at end from n`,
    [first, last],
  );
  await client.query('vacuum analyze record, alerts_alert');
}
