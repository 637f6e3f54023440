import { openInbox } from '#testing/mail.ts';
import { openBenchDesk } from './desk.ts';
import { atMost, quantile, type Outcome } from './figures.ts';
import { load } from './load.ts';

const SIGNALS = 300;
const PER_SECOND = 10;
const NOISE = 100;

/** From the answer "accepted" to the mail in a real SMTP server: 300 pages at 10 a second among 100 other new alerts a second. */
export async function run(): Promise<Outcome> {
  const inbox = await openInbox();
  const desk = await openBenchDesk({ QD_SMTP_URL: inbox.url });
  try {
    const { people, oncall, catalog, alerts } = desk.server.clients;
    const { person } = await people.invite({ name: 'Ada Ek', email: 'ada@example.com', role: 'responder' });
    const policy = await oncall.createPolicy({
      name: 'Payments',
      steps: [{ targets: [{ kind: 'person', number: person.number }], waitMinutes: 60 }],
    });
    const service = await catalog.create({ name: 'payments-api', tier: 1 });
    await oncall.cover({ number: policy.number, service: service.number });
    const { key } = await alerts.createSource({ name: 'Prometheus' });
    const loud = await alerts.createSource({ name: 'Noise' });
    const noise = load({
      port: desk.port,
      path: `/ingest/${loud.key}/alertmanager`,
      method: 'POST',
      body: webhook('Noise #', 'warning'),
      connections: 2,
      rate: NOISE,
      seconds: SIGNALS / PER_SECOND + 2,
    });
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const accepted = new Map<string, number>();
    const already = inbox.mails.length;
    const began = Date.now();
    await Promise.all(
      Array.from({ length: SIGNALS }, async (_, i) => {
        await new Promise((resolve) => setTimeout(resolve, began + (i * 1000) / PER_SECOND - Date.now()));
        const name = `Failure ${String(i).padStart(3, '0')}`;
        const answer = await fetch(`${desk.server.url}/ingest/${key}/alertmanager`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: webhook(name, 'critical'),
        });
        if (answer.status !== 202) throw new Error(`the signal was not accepted: ${answer.status}`);
        accepted.set(name, Date.now());
      }),
    );
    await inbox.waitFor(already + SIGNALS, 60_000);
    const { perSecond, failed } = await noise;
    const took = inbox.mails.flatMap((mail) => {
      const at = accepted.get(/Page: (Failure \d+) summary/.exec(mail.subject)?.[1] ?? '');
      return at === undefined ? [] : [mail.at - at];
    });
    return {
      name: 'page-latency',
      figures: { pages: took.length, noisePerSecond: perSecond, noiseRefused: failed, p50Ms: quantile(took, 0.5), p99Ms: quantile(took, 0.99), slowestMs: Math.max(...took) },
      ratios: {},
      targets: [atMost('p99 ms from signal accepted to mail', quantile(took, 0.99), 1000)],
    };
  } finally {
    await desk.close();
    await inbox.close();
  }
}

function webhook(name: string, severity: string): string {
  return JSON.stringify({
    version: '4',
    status: 'firing',
    receiver: 'desk',
    alerts: [
      {
        status: 'firing',
        labels: { alertname: name, service: 'payments-api', severity },
        annotations: { summary: `${name} summary` },
        startsAt: new Date().toISOString(),
        endsAt: '0001-01-01T00:00:00Z',
      },
    ],
  });
}
