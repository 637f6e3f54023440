import { startAlertmanager } from './alertmanager.ts';
import { openBenchDesk, type BenchDesk } from './desk.ts';
import { atLeast, atMost, type Outcome } from './figures.ts';
import { load } from './load.ts';
import { residentMb } from './machine.ts';

const CONNECTIONS = 4;
const SECONDS = 4;
const BATCHES = [1, 10, 100] as const;
const KINDS = ['distinct', 'repeats'] as const;
type Kind = (typeof KINDS)[number];

/**
 * The same alerts at the same batch sizes and connections into Alertmanager's memory and onto the desk's disk (fsync on):
 * accepted per second, and for the desk also deduplicated, grouped and routed per second, until nothing waits.
 */
export async function run(): Promise<Outcome> {
  const figures: Record<string, number> = {};
  const peer = await startAlertmanager();
  if (peer) {
    for (const kind of KINDS)
      for (const batch of BATCHES) figures[`alertmanager ${kind} ×${batch}`] = await accepted({ port: peer.port, path: '/api/v2/alerts' }, bodies(kind, batch, 'api'), batch);
    figures['alertmanager MB at the end'] = residentMb(peer.pid);
    await peer.close();
  }
  const desk = await openBenchDesk({ QD_LOG_LEVEL: 'warn' });
  try {
    const before = residentMb(desk.server.pid);
    for (const kind of KINDS)
      for (const batch of BATCHES) {
        const one = await feed(desk, kind, batch);
        figures[`desk accepted ${kind} ×${batch}`] = one.accepted;
        figures[`desk processed ${kind} ×${batch}`] = one.processed;
        figures[`desk most waiting ${kind} ×${batch}`] = one.mostWaiting;
      }
    figures['desk MB before'] = before;
    figures['desk MB at the end'] = residentMb(desk.server.pid);
    const peak = figures['desk accepted distinct ×1']!;
    const half = await halfLoad(desk, peak / 2);
    figures['desk p99 ms at half the peak'] = half;
    const ratio = (what: string, of: string) => (peer ? figures[what]! / figures[of]! : Number.NaN);
    const ratios = {
      'accepted ×100': ratio('desk accepted distinct ×100', 'alertmanager distinct ×100'),
      'accepted ×10': ratio('desk accepted distinct ×10', 'alertmanager distinct ×10'),
      'accepted ×1': ratio('desk accepted distinct ×1', 'alertmanager distinct ×1'),
      'processed repeats ×100': ratio('desk processed repeats ×100', 'alertmanager repeats ×100'),
      'processed distinct ×100': ratio('desk processed distinct ×100', 'alertmanager distinct ×100'),
    };
    return {
      name: 'ingest',
      figures,
      ratios,
      targets: [
        ...(peer
          ? [
              atLeast('accepted / Alertmanager at batch 100', ratios['accepted ×100'], 1),
              atLeast('accepted / Alertmanager at batch 1', ratios['accepted ×1'], 0.5),
              atLeast('processed / Alertmanager, 80 % repeats', ratios['processed repeats ×100'], 0.25),
              atLeast('processed / Alertmanager, all distinct', ratios['processed distinct ×100'], 0.05),
            ]
          : []),
        atMost('p99 ms of an answer at half the peak', half, 50),
      ],
    };
  } finally {
    await desk.close();
  }
}

/** Alerts a second that were answered with "accepted". */
async function accepted(to: { port: number; path: string }, body: readonly string[], batch: number, rate?: number): Promise<number> {
  const { perSecond, failed } = await load({ ...to, method: 'POST', body, connections: CONNECTIONS, seconds: SECONDS, ...(rate ? { rate } : {}) });
  if (failed > 0) throw new Error(`${failed} requests were refused`);
  return perSecond * batch;
}

async function feed(desk: BenchDesk, kind: Kind, batch: number) {
  const { clients } = desk.server;
  const { key, source } = await clients.alerts.createSource({ name: `Prometheus ${kind} ${batch}` });
  let mostWaiting = 0;
  let watching = true;
  const watch = (async () => {
    while (watching) {
      mostWaiting = Math.max(mostWaiting, (await clients.alerts.source({ number: source.number })).source.waiting);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  })();
  const began = performance.now();
  const rate = await accepted({ port: desk.port, path: `/ingest/${key}/alertmanager` }, bodies(kind, batch, 'webhook'), batch);
  const took = performance.now() - began;
  watching = false;
  await watch;
  for (const end = performance.now() + 300_000; ;) {
    const { source: now } = await clients.alerts.source({ number: source.number });
    if (now.failed > 0) throw new Error(`${now.failed} messages failed: ${now.lastFailure}`);
    if (now.waiting === 0) break;
    if (performance.now() > end) throw new Error('the backlog did not end within 5 min');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  // The first second of the load is not measured but sent: all of it is worked off.
  const sent = (rate * took) / 1000;
  return { accepted: rate, processed: (sent * 1000) / (performance.now() - began), mostWaiting };
}

async function halfLoad(desk: BenchDesk, rate: number): Promise<number> {
  const { key } = await desk.server.clients.alerts.createSource({ name: 'Half' });
  const { p99 } = await load({
    port: desk.port,
    path: `/ingest/${key}/alertmanager`,
    method: 'POST',
    body: bodies('repeats', 1, 'webhook'),
    connections: CONNECTIONS,
    seconds: SECONDS,
    rate,
  });
  return p99;
}

let round = 0;

/** Bodies that are sent in turn: of `repeats`, four of five alerts stand in every one of them. */
function bodies(kind: Kind, batch: number, shape: 'api' | 'webhook'): readonly string[] {
  round += 1;
  const repeated = (place: number) => kind === 'repeats' && place % 5 !== 0;
  const count = batch === 1 ? 5 : 1;
  return Array.from({ length: count }, (_, body) => {
    const alerts = Array.from({ length: batch }, (__, i) => alertOf(repeated(body + i) ? `host-${round}-${body}-${i}` : `new-${round}-${i}-#`));
    return JSON.stringify(shape === 'api' ? alerts : { version: '4', status: 'firing', receiver: 'desk', alerts: alerts.map((alert) => ({ status: 'firing', ...alert })) });
  });
}

function alertOf(host: string) {
  return {
    labels: { alertname: 'DiskFilling', instance: `${host}:9100`, job: 'node', severity: 'warning', mountpoint: '/var/lib/data' },
    annotations: { summary: `The disk of ${host} is filling`, description: 'It will be full within four hours at this rate.' },
    startsAt: new Date().toISOString(),
    generatorURL: 'http://prometheus:9090/graph?g0.expr=predict_linear',
  };
}
