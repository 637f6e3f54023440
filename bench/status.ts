import { fork } from 'node:child_process';
import Fastify from 'fastify';
import * as pg from 'pg';
import { openBenchDesk } from './desk.ts';
import { atLeast, atMost, type Outcome } from './figures.ts';
import { load } from './load.ts';

const PARTS = 12;
const POSTS = 10;

/** The public status page with a dozen parts and ten posts, over 64 keep-alive connections; the floor is a bare route that sends as many bytes. */
export async function run(): Promise<Outcome> {
  const desk = await openBenchDesk();
  try {
    const { status } = desk.server.clients;
    const page = await status.createPage({ title: 'Bench', slug: 'bench' });
    const versionOf = async () => (await status.page({ number: page.number })).page.version;
    const parts: string[] = [];
    for (let i = 0; i < PARTS; i += 1)
      parts.push((await status.addComponent({ number: page.number, version: await versionOf(), name: `Part ${i}`, group: i < 6 ? 'Shop' : 'Inside' })).id);
    await status.changePage({ number: page.number, version: await versionOf(), published: true });
    for (let i = 0; i < POSTS; i += 1) {
      const states = [{ component: parts[i] ?? '', state: 'partial_outage' as const }];
      const post = await status.draftPost({ page: page.number, title: `Post ${i}`, text: 'We look into it and tell more soon. '.repeat(5), states });
      await status.send({ number: post.number, version: post.version });
    }
    const request = { port: desk.port, method: 'GET', path: '/status/bench', connections: 64, seconds: 6 } as const;
    const bytes = await shown(desk.server.url);
    const floor = await bareRoute(bytes);
    const before = await transactions(desk.adminUrl);
    const { value, nodeCores } = await desk.during(() => load(request));
    const ran = (await transactions(desk.adminUrl)) - before;
    const json = await load({ ...request, path: '/status/bench.json', seconds: 3 });
    return {
      name: 'status',
      figures: {
        pagesPerSecond: value.perSecond,
        pagesPerSecondAndCore: value.perSecond / Math.max(1, nodeCores),
        p50Ms: value.p50,
        p99Ms: value.p99,
        failed: value.failed,
        bytes,
        jsonPerSecond: json.perSecond,
        barePerSecond: floor,
        nodeCores,
        transactionsMeanwhile: ran,
      },
      ratios: { pageToBare: value.perSecond / floor, transactionsPerRequest: ran / value.requests },
      targets: [
        atLeast('pages/s on one core', value.perSecond / Math.max(1, nodeCores), 5000),
        atMost('database transactions per request', ran / value.requests, 0.01),
        atMost('failed requests', value.failed, 0),
      ],
    };
  } finally {
    await desk.close();
  }
}

/** Waits until this node shows the last post; the size of the page. */
async function shown(url: string): Promise<number> {
  for (;;) {
    const body = await (await fetch(`${url}/status/bench`)).text();
    if (body.includes(`Post ${POSTS - 1}`)) return Buffer.byteLength(body);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function transactions(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ ran: number }>('select (xact_commit + xact_rollback)::int as ran from pg_stat_database where datname = current_database()');
  await client.end();
  return rows[0]?.ran ?? 0;
}

/** The same framework in a process of its own, with one route that sends a buffer. */
async function bareRoute(bytes: number): Promise<number> {
  const child = fork(import.meta.filename, [], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  try {
    const port = await new Promise<number>((resolve) => {
      child.once('message', (answer) => resolve(Number(answer)));
      child.send(bytes);
    });
    return (await load({ port, method: 'GET', path: '/', connections: 64, seconds: 4 })).perSecond;
  } finally {
    child.kill();
  }
}

if (import.meta.main)
  process.once('message', (bytes) => {
    const app = Fastify();
    const body = Buffer.alloc(Number(bytes), 'a');
    app.get('/', (_request, reply) => reply.type('text/html').send(body));
    void app.listen({ port: 0, host: '127.0.0.1' }).then((address) => process.send?.(new URL(address).port));
  });
