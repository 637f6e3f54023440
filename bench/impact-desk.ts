import { readFileSync } from 'node:fs';
import * as pg from 'pg';
import { upload } from '#testing/uploads.ts';
import { openBenchDesk } from './desk.ts';
import { estate } from './estate.ts';
import { quantile } from './figures.ts';

const IMPORTED = 10_000;
const ASKED = 200;

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const began = performance.now();
  const value = await work();
  return { ms: performance.now() - began, value };
}

/** The verb over HTTP on a desk that holds a generated estate: the first answer loads the graph, the others do not. */
export async function deskFigures(nodes: number, edges: number): Promise<Record<string, number>> {
  let core: readonly string[] = [];
  const desk = await openBenchDesk({}, async (adminUrl) => {
    core = await insertEstate(adminUrl, nodes, edges);
  });
  try {
    const { catalog } = desk.server.clients;
    const first = await timed(() => catalog.impact({ failed: [core[0]!] }));
    const asked: number[] = [];
    for (let i = 0; i < ASKED; i += 1) asked.push((await timed(() => catalog.impact({ failed: [core[i % core.length]!] }))).ms);
    const fresh = await catalog.createComponent({ name: 'One more', type: 'vm' });
    const change = await timed(async () => {
      await catalog.addEdge({ provider: fresh.number, consumer: 'SVC-1', impact: 'soft' });
      return catalog.impact({ failed: [core[0]!] });
    });
    const map = await timed(() => catalog.map({ by: 'team' }));
    return {
      firstAnswerMs: first.ms,
      answerP50Ms: quantile(asked, 0.5),
      answerP99Ms: quantile(asked, 0.99),
      answerAfterChangeMs: change.ms,
      mapMs: map.ms,
      deskRssMb: rssOf(desk.server.pid) / 2 ** 20,
    };
  } finally {
    await desk.close();
  }
}

/** From the upload of a CSV of so many components to the end of the run that puts them in, then the same file again. */
export async function importFigures(): Promise<Record<string, number>> {
  const desk = await openBenchDesk();
  try {
    const { catalog } = desk.server.clients;
    const emptyDeskRssMb = rssOf(desk.server.pid) / 2 ** 20;
    const { number } = await catalog.createImport({ name: 'Estate', format: 'csv' });
    const rows = Array.from({ length: IMPORTED }, (_, i) => `host-${i},vm,10.${i >> 16}.${(i >> 8) & 255}.${i & 255},Rack ${i % 40},${i === 0 ? '' : `host-${i >> 1}`}`);
    const csv = `name,type,address,summary,depends on\n${rows.join('\n')}\n`;
    const apply = async () => {
      const { run } = await upload(desk.server, number, { 'hosts.csv': csv });
      const planned = performance.now();
      await catalog.applyRun({ id: run });
      for (;;) {
        const { run: now } = await catalog.run({ id: run, limit: 1 });
        if (now.state !== 'planned' && now.state !== 'applying') return { planned, state: now.state };
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const began = performance.now();
    const first = await timed(apply);
    const again = await timed(apply);
    if (first.value.state !== 'applied') throw new Error(`the import ended ${first.value.state}`);
    return {
      emptyDeskRssMb,
      importSeconds: first.ms / 1000,
      importPlanSeconds: (first.value.planned - began) / 1000,
      importAgainSeconds: again.ms / 1000,
      importsPerSecond: (IMPORTED / first.ms) * 1000,
    };
  } finally {
    await desk.close();
  }
}

/** Rows beside the desk; answers the numbers of the core. */
async function insertEstate(url: string, nodes: number, edges: number): Promise<readonly string[]> {
  const generated = estate(nodes, edges, 7);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const numbers = new Map<string, string>();
  let [services, components] = [0, 0];
  const rows = generated.nodes.map(({ id, kind, tier, users, lifecycle }) => {
    const number = kind === 'service' ? `SVC-${(services += 1)}` : `CMP-${(components += 1)}`;
    numbers.set(id, number);
    return { id, kind: kind === 'service' ? 'service' : 'component', number, title: `Node ${number}`, tier, users, lifecycle };
  });
  const put = async (sql: string, all: readonly object[]) => {
    for (let from = 0; from < all.length; from += 5000) await client.query(sql, [JSON.stringify(all.slice(from, from + 5000))]);
  };
  const x = 'from jsonb_to_recordset($1::jsonb) as x(id uuid, kind text, number text, title text, tier int, users int, lifecycle text)';
  await put(`insert into record (id, kind, number, title, opened_at, changed_at) select id, kind, number, title, '2026-01-01', '2026-01-01' ${x}`, rows);
  await put(
    `insert into catalog_service (id, slug, tier, lifecycle, users_affected, links) select id, lower(number), coalesce(tier, 3), lifecycle, users, '[]' ${x} where kind = 'service'`,
    rows,
  );
  await put(`insert into catalog_component (id, type, lifecycle, links) select id, 'vm', lifecycle, '[]' ${x} where kind <> 'service'`, rows);
  await put(
    `insert into catalog_edge (id, provider_id, consumer_id, impact, redundancy_group, source, first_seen, last_seen, begun_at)
     select id, "providerId", "consumerId", impact, "group", 'declared', '2026-01-01', '2026-01-01', '2026-01-01'
     from jsonb_to_recordset($1::jsonb) as x(id uuid, "providerId" uuid, "consumerId" uuid, impact text, "group" text)`,
    generated.edges,
  );
  await put(
    `insert into catalog_redundancy (id, consumer_id, redundancy_group, min_up, unit, begun_at)
     select gen_random_uuid(), "consumerId", "group", (redundancy->>'minUp')::real, redundancy->>'unit', '2026-01-01'
     from jsonb_to_recordset($1::jsonb) as x("consumerId" uuid, "group" text, redundancy jsonb)`,
    generated.redundancies,
  );
  for (const kind of ['service', 'component']) await client.query(`select setval('record_number_${kind}', $1)`, [kind === 'service' ? services : components]);
  await client.query('analyze');
  await client.end();
  return generated.core.map((id) => numbers.get(id)!);
}

function rssOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}
