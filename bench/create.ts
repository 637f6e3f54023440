import { openBenchDesk } from './desk.ts';
import { atLeast, atMost, type Outcome } from './figures.ts';
import { bareInserts } from './floor.ts';
import { load } from './load.ts';

/** A durable, numbered, traced, searchable record over HTTP: 16 connections, then latency at half that rate. */
export async function run(): Promise<Outcome> {
  const desk = await openBenchDesk();
  try {
    const request = {
      port: desk.port,
      token: desk.server.token,
      method: 'POST',
      path: '/api/v1/actions',
      connections: 16,
      seconds: 5,
      body: '{"title":"Replace the disk of host #","detail":"The third warning of this month; the spare is in the rack."}',
    } as const;
    const floorBefore = await bareInserts(desk.adminUrl, 16, 3);
    const { value, nodeCores, postgresCores } = await desk.during(() => load(request));
    const floor = (floorBefore + (await bareInserts(desk.adminUrl, 16, 3))) / 2;
    const half = await load({ ...request, rate: value.perSecond / 2 });
    const found = await desk.server.clients.records.search({ q: 'spare rack', limit: 1 });
    return {
      name: 'create',
      figures: {
        createsPerSecond: value.perSecond,
        p50Ms: value.p50,
        p99Ms: value.p99,
        failed: value.failed + half.failed,
        bareInsertsPerSecond: floor,
        p50MsAtHalf: half.p50,
        p99MsAtHalf: half.p99,
        nodeCores,
        postgresCores,
        generatorCpuSeconds: value.generatorCpuSeconds,
        foundBySearch: found.items.length,
      },
      ratios: { createToFloor: value.perSecond / floor },
      targets: [atLeast('creates/s', value.perSecond, 2000), atLeast('creates to bare inserts', value.perSecond / floor, 0.2), atMost('p99 ms at half the rate', half.p99, 50)],
    };
  } finally {
    await desk.close();
  }
}
