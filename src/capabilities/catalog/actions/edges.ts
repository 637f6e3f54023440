import { iso } from '#kernel/clock.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import type { catalog, Edge } from '../contract.ts';
import { factsOf, healthOf } from '../health.ts';
import { cycleOf, impactOf, impactSentence, refuseEdge, signedHops, UNWATCHED } from '../rules.ts';
import * as store from '../store.ts';

const NODES_MOST = 200;
const HIDDEN = 'a record you cannot see';

export const edgeActions: Pick<Actions<typeof catalog>, 'graph' | 'addEdge' | 'updateEdge' | 'endEdge' | 'impact'> = {
  async graph(ctx, { number, hops }) {
    const start = await inCatalog(ctx, number);
    const upward = await store.distances(ctx.db, start.id, { towards: 'providers', hops });
    const downward = await store.distances(ctx.db, start.id, { towards: 'consumers', hops });
    const reached = signedHops(start.id, upward, downward);
    const seen = await store.nodes(ctx.db, ctx.actor, [...reached.keys()]);
    const near = seen
      .map((node) => ({ ...node, hops: reached.get(node.id) ?? 0 }))
      .toSorted((a, b) => Math.abs(a.hops) - Math.abs(b.hops) || a.title.localeCompare(b.title))
      .slice(0, NODES_MOST);
    const facts = await factsOf(
      ctx,
      near.filter((node) => node.kind === 'service').map((node) => node.id),
    );
    const teams = await refsOf(
      ctx.db,
      ctx.actor,
      near.map((node) => node.teamId),
    );
    const edges = await store.edgesAmong(
      ctx.db,
      near.map((node) => node.id),
    );
    return {
      nodes: near.map(({ title, teamId, kind, ...node }) => ({
        ...node,
        name: title,
        kind: kind === 'service' ? ('service' as const) : ('component' as const),
        team: teams.get(teamId ?? '') ?? null,
        health: kind === 'service' ? healthOf(facts.get(node.id)) : { state: 'unknown' as const, words: UNWATCHED, record: null },
      })),
      edges: edges.map(({ id, providerId, consumerId, impact, note, source, lastSeen }) => ({ id, providerId, consumerId, impact, note, source, lastSeen })),
      moreCount: seen.length - near.length,
      hiddenCount: reached.size - seen.length,
    };
  },

  async addEdge(ctx, { provider, consumer, impact, note }) {
    const [from, to] = [await byNumber(ctx.db, ctx.actor, provider), await byNumber(ctx.db, ctx.actor, consumer)];
    const refusal = refuseEdge(from, to);
    if (refusal) throw invalidField('consumer', refusal);
    const at = iso(ctx.now);
    const id = uuidv7(ctx.now);
    const added = await store
      .tables(ctx.db)
      .insertInto('catalogEdge')
      .values({ id, providerId: from.id, consumerId: to.id, impact, note, source: 'declared', firstSeen: at, lastSeen: at, begunAt: at, endedAt: null })
      .onConflict((c) => c.columns(['providerId', 'consumerId']).where('endedAt', 'is', null).doNothing())
      .returningAll()
      .executeTakeFirst();
    allow(added ? undefined : `${to.title} depends on ${from.title} already. Change that dependency instead.`);
    await recordBoth(ctx, { providerId: from.id, consumerId: to.id }, { did: 'edge.added', data: { provider: from.number, consumer: to.number, impact } });
    const circle = cycleOf(await store.edgesBelow(ctx.db, [to.id]), { providerId: from.id, consumerId: to.id, impact });
    const refs = await refsOf(ctx.db, ctx.actor, circle ?? []);
    return {
      edge: await edgeOf(ctx, id),
      cycle: circle ? `This closes a circle: ${circle.map((one) => refs.get(one)?.title ?? HIDDEN).join(' → ')}.` : null,
    };
  },

  /** A new impact ends the old row and begins another one, so that the graph of an earlier instant stays as it was. */
  async updateEdge(ctx, { id, impact, note }) {
    const edge = await edgeOf(ctx, id);
    const row = await store.edgeById(ctx.db, id);
    allow(!row || row.endedAt !== null ? 'This dependency has ended.' : undefined);
    const becomes = impact ?? edge.impact;
    if (becomes === edge.impact && (note ?? edge.note) === edge.note) {
      ctx.unchanged();
      return edge;
    }
    await recordBoth(
      ctx,
      { providerId: edge.provider.id, consumerId: edge.consumer.id },
      {
        did: 'edge.changed',
        data: { provider: edge.provider.number, consumer: edge.consumer.number, from: edge.impact, impact: becomes },
      },
    );
    if (becomes === edge.impact) {
      await store
        .tables(ctx.db)
        .updateTable('catalogEdge')
        .set({ note: note ?? edge.note })
        .where('id', '=', id)
        .execute();
      return edgeOf(ctx, id);
    }
    const [at, next] = [iso(ctx.now), uuidv7(ctx.now)];
    await store.tables(ctx.db).updateTable('catalogEdge').set({ endedAt: at }).where('id', '=', id).execute();
    await store
      .tables(ctx.db)
      .insertInto('catalogEdge')
      .values({ ...row!, id: next, impact: becomes, note: note ?? edge.note, begunAt: at, lastSeen: at, endedAt: null })
      .execute();
    return edgeOf(ctx, next);
  },

  async endEdge(ctx, { id }) {
    const edge = await edgeOf(ctx, id);
    const row = await store.edgeById(ctx.db, id);
    if (row?.endedAt !== null) {
      ctx.unchanged();
      return edge;
    }
    await store
      .tables(ctx.db)
      .updateTable('catalogEdge')
      .set({ endedAt: iso(ctx.now) })
      .where('id', '=', id)
      .execute();
    await recordBoth(
      ctx,
      { providerId: edge.provider.id, consumerId: edge.consumer.id },
      { did: 'edge.ended', data: { provider: edge.provider.number, consumer: edge.consumer.number } },
    );
    return edgeOf(ctx, id);
  },

  async impact(ctx, { number }) {
    const { id, kind, title } = await inCatalog(ctx, number);
    const fallen = impactOf(await store.edgesBelow(ctx.db, [id]), [id]);
    const refs = await refsOf(
      ctx.db,
      ctx.actor,
      [...fallen].flatMap(([one, { through }]) => [one, through]),
    );
    const reached = [...fallen]
      .flatMap(([one, { becomes, hops, through }]) => {
        const record = refs.get(one);
        return record ? [{ record, becomes, hops, through: refs.get(through) ?? (through === id ? { id, kind, number, title } : null) }] : [];
      })
      .toSorted((a, b) => a.hops - b.hops || a.record.title.localeCompare(b.record.title));
    return { failed: { id, kind, number, title }, sentence: impactSentence(title, reached), hiddenCount: fallen.size - reached.length, reached };
  },
};

async function inCatalog(ctx: Read, number: string) {
  const head = await byNumber(ctx.db, ctx.actor, number);
  if (head.kind !== 'service' && head.kind !== 'component') throw invalidField('number', `${number} is neither a service nor a component.`);
  return head;
}

/** The edge if the actor may see both of its ends; missing otherwise. */
async function edgeOf(ctx: Read | Write, id: string): Promise<Edge> {
  const row = await store.tables(ctx.db).selectFrom('catalogEdge').selectAll().where('id', '=', id).executeTakeFirst();
  const refs = await refsOf(ctx.db, ctx.actor, [row?.providerId, row?.consumerId]);
  const [provider, consumer] = [refs.get(row?.providerId ?? ''), refs.get(row?.consumerId ?? '')];
  if (!row || !provider || !consumer) throw missing('This dependency');
  const { providerId: _, consumerId: __, begunAt: ___, ...edge } = row;
  return { ...edge, provider, consumer };
}

type Ends = { readonly providerId: string; readonly consumerId: string };

/** An edge is told on the pages of both of its ends; in one order, so that two writers never wait for each other. */
async function recordBoth(ctx: Write, { providerId, consumerId }: Ends, entry: { readonly did: string; readonly data: Readonly<Record<string, unknown>> }): Promise<void> {
  for (const record of [consumerId, providerId].toSorted()) await ctx.record({ record, ...entry });
}

/** Tells the other end of each edge that ended because a record was retired. */
export async function recordEnded(ctx: Write, ended: readonly Ends[], retiredId: string): Promise<void> {
  for (const { providerId, consumerId } of ended) {
    const refs = await refsOf(ctx.db, SYSTEM, [providerId, consumerId]);
    const numberOf = (id: string) => refs.get(id)?.number;
    await ctx.record({ record: providerId === retiredId ? consumerId : providerId, did: 'edge.ended', data: { provider: numberOf(providerId), consumer: numberOf(consumerId) } });
  }
}
