import { openBenchDesk } from './desk.ts';
import type { Outcome } from './figures.ts';

const BATCH = 100;
const MESSAGES = 200;

/** Alertmanager webhooks of 100 alerts, one after another: alerts accepted (stored) and worked off per second. */
export async function run(): Promise<Outcome> {
  const desk = await openBenchDesk();
  try {
    const distinct = await feed(desk.server, (message, i) => `host-${message}-${i}`);
    const repeats = await feed(desk.server, (message, i) => (i < BATCH * 0.8 ? `host-${i}` : `other-${message}-${i}`));
    return {
      name: 'ingest',
      figures: {
        acceptedPerSecond: distinct.accepted,
        workedOffPerSecond: distinct.workedOff,
        acceptedPerSecondOfRepeats: repeats.accepted,
        workedOffPerSecondOfRepeats: repeats.workedOff,
      },
      ratios: { workedOffToAccepted: distinct.workedOff / distinct.accepted, repeatsToDistinct: repeats.workedOff / distinct.workedOff },
      targets: [],
    };
  } finally {
    await desk.close();
  }
}

type Server = Awaited<ReturnType<typeof openBenchDesk>>['server'];

async function feed(server: Server, hostOf: (message: number, i: number) => string): Promise<{ accepted: number; workedOff: number }> {
  const { key, source } = await server.clients.alerts.createSource({ name: 'Prometheus' });
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let message = next++; message < MESSAGES; message = next++) {
        const answer = await fetch(`${server.url}/ingest/${key}/alertmanager`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: webhook(message, hostOf),
        });
        if (answer.status !== 202) throw new Error(`not accepted: ${answer.status} ${await answer.text()}`);
        await answer.arrayBuffer();
      }
    }),
  );
  const accepted = performance.now();
  for (const until = accepted + 120_000; performance.now() < until;) {
    const { source: now } = await server.clients.alerts.source({ number: source.number });
    if (now.failed > 0) throw new Error(`${now.failed} messages failed`);
    if (now.waiting === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const all = BATCH * MESSAGES * 1000;
  return { accepted: all / (accepted - began), workedOff: all / (performance.now() - began) };
}

function webhook(message: number, hostOf: (message: number, i: number) => string): string {
  const alerts = Array.from({ length: BATCH }, (_, i) => ({
    status: 'firing',
    labels: { alertname: 'DiskFilling', host: hostOf(message, i), severity: 'warning' },
    annotations: { summary: 'The disk is filling' },
    startsAt: '2026-03-02T09:00:00Z',
    endsAt: '0001-01-01T00:00:00Z',
  }));
  return JSON.stringify({ version: '4', status: 'firing', receiver: 'desk', alerts });
}
