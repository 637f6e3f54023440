import { openBenchDesk } from './desk.ts';
import { atLeast, type Outcome } from './figures.ts';
import { load } from './load.ts';

/** One record by number over HTTP, as an action's page reads it: 32 keep-alive connections. */
export async function run(): Promise<Outcome> {
  const desk = await openBenchDesk();
  try {
    const { clients, token } = desk.server;
    const made = await clients.followups.create({ title: 'Read me', detail: 'A record that is read again and again.' });
    const request = { port: desk.port, token, method: 'GET', path: `/api/v1/actions/${made.number}`, connections: 32, seconds: 5 } as const;
    // /healthz takes the same way through the server without a record: what HTTP alone costs here.
    const floor = await load({ ...request, path: '/healthz', seconds: 3 });
    const { value, nodeCores, postgresCores } = await desk.during(() => load(request));
    return {
      name: 'read',
      figures: {
        readsPerSecond: value.perSecond,
        p50Ms: value.p50,
        p99Ms: value.p99,
        failed: value.failed,
        healthPerSecond: floor.perSecond,
        nodeCores,
        postgresCores,
        generatorCpuSeconds: value.generatorCpuSeconds,
      },
      ratios: { readToHealth: value.perSecond / floor.perSecond },
      targets: [atLeast('reads/s', value.perSecond, 6000)],
    };
  } finally {
    await desk.close();
  }
}
