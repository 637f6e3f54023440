import type { Read } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import { registerFacts } from './facts.ts';
import { wholeOf } from './graph.ts';
import { type FactValue, type Graph, singlesAbove } from './rules/index.ts';
import * as store from './store/index.ts';
import { countedOf } from './store/scorecards.ts';

type Facts = ReadonlyMap<string, Readonly<Record<string, FactValue>>>;

const RUNBOOK = /run ?book/i;

async function saidFacts(ctx: Read, ids: readonly string[]): Promise<Facts> {
  const rows = await store.byIds(ctx.db, ctx.actor, ids);
  const owners = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.teamId, row.ownerId]),
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        'catalog.team': owners.get(row.teamId ?? '')?.title ?? null,
        'catalog.lead': owners.get(row.ownerId ?? '')?.title ?? null,
        'catalog.summary': row.summary,
        'catalog.lifecycle': row.lifecycle,
        'catalog.tier': row.tier,
        'catalog.users': row.usersAffected,
        'catalog.capability': row.capability,
        'catalog.rpoMinutes': row.rpoMinutes,
        'catalog.rtoMinutes': row.rtoMinutes,
        'catalog.supportHours': row.supportHours,
        'catalog.tags': row.tags.join(' '),
        'catalog.runbook': (row.links as readonly { label: string; url: string }[]).some(({ label, url }) => RUNBOOK.test(label) || RUNBOOK.test(url)),
      },
    ]),
  );
}

async function countedFacts(ctx: Read, ids: readonly string[]): Promise<Facts> {
  const [rows, groups] = await Promise.all([countedOf(ctx.db, ids), store.redundanciesOf(ctx.db, ids)]);
  const spare = Map.groupBy(
    groups.filter(({ survives }) => survives > 0),
    ({ consumerId }) => consumerId,
  );
  return new Map(rows.map(({ id, providers, stale }) => [id, { 'catalog.providers': providers, 'catalog.stale': stale, 'catalog.redundancies': spare.get(id)?.length ?? 0 }]));
}

/** Each graph is counted once for each of its versions. */
const counted = new WeakMap<Graph, { readonly version: number; readonly count: (id: string) => number }>();
/** A slice of the counting; other requests are answered between two of them. */
const SLICE_MS = 8;

async function singlesOf(graph: Graph, ids: readonly string[]): Promise<Facts> {
  const found = new Map<string, { 'catalog.singlePoints': number }>();
  let began = performance.now();
  for (const id of ids) {
    const before = counted.get(graph);
    const known = before?.version === graph.version ? before : { version: graph.version, count: singlesAbove(graph) };
    counted.set(graph, known);
    found.set(id, { 'catalog.singlePoints': known.count(id) });
    if (performance.now() - began < SLICE_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
  return found;
}

const text = (label: string) => ({ label, type: 'text' }) as const;
const number = (label: string) => ({ label, type: 'number' }) as const;

/** What the catalog itself knows of its services. */
export function registerOwnFacts(): void {
  registerFacts(
    {
      'catalog.team': text('Owning team'),
      'catalog.lead': text('Lead'),
      'catalog.summary': text('What it does'),
      'catalog.lifecycle': text('Life cycle'),
      'catalog.tier': number('Tier'),
      'catalog.users': number('Users affected'),
      'catalog.capability': text('What of the business it carries'),
      'catalog.rpoMinutes': number('Loses at most, minutes (RPO)'),
      'catalog.rtoMinutes': number('Back within, minutes (RTO)'),
      'catalog.supportHours': text('Support hours'),
      'catalog.tags': text('Tags'),
      'catalog.runbook': { label: 'A runbook is linked', type: 'boolean' },
    },
    saidFacts,
  );
  registerFacts(
    {
      'catalog.providers': number('Dependencies that are declared'),
      'catalog.redundancies': number('Groups that survive a failure'),
      'catalog.stale': number('Sources that no longer name it'),
    },
    countedFacts,
  );
  registerFacts({ 'catalog.singlePoints': number('Single points of failure above it') }, async (ctx, ids) => singlesOf((await wholeOf(ctx)).graph, ids));
}
