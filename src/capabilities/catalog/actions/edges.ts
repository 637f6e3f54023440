import { iso } from '#kernel/clock.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import type { catalog, Edge } from '../contract/index.ts';
import { HIDDEN, circleOf, refuseEdge } from '../rules/index.ts';
import { wholeOf } from '../graph.ts';
import { given } from '../shown.ts';
import * as store from '../store/index.ts';
import { inCatalog } from './neighbourhood.ts';

export const edgeActions: Pick<Actions<typeof catalog>, 'addEdge' | 'updateEdge' | 'endEdge' | 'setRedundancy'> = {
  async addEdge(ctx, { provider, consumer, impact, note, group, confidence }) {
    const [from, to] = [await byNumber(ctx.db, ctx.actor, provider), await byNumber(ctx.db, ctx.actor, consumer)];
    const refusal = refuseEdge(from, to);
    if (refusal) throw invalidField('consumer', refusal);
    // Before anything is written: the graph may have to be read first, and a write holds back the log that pages are read from.
    const circle = circleOf((await wholeOf(ctx)).graph, { providerId: from.id, consumerId: to.id, impact });
    const at = iso(ctx.now);
    const id = uuidv7(ctx.now);
    const added = await store
      .tables(ctx.db)
      .insertInto('catalogEdge')
      .values({
        id,
        providerId: from.id,
        consumerId: to.id,
        impact,
        note,
        redundancyGroup: group,
        confidence,
        source: 'declared',
        firstSeen: at,
        lastSeen: at,
        begunAt: at,
        endedAt: null,
      })
      .onConflict((c) => c.columns(['providerId', 'consumerId']).where('endedAt', 'is', null).doNothing())
      .returningAll()
      .executeTakeFirst();
    allow(added ? undefined : `${to.title} depends on ${from.title} already. Change that dependency instead.`);
    await recordBoth(ctx, { providerId: from.id, consumerId: to.id }, { did: 'edge.added', data: { impact, ...(group ? { group } : {}) } });
    const refs = await refsOf(ctx.db, ctx.actor, circle ?? []);
    return {
      edge: await edgeOf(ctx, id),
      cycle: circle ? `This closes a circle: ${circle.map((one) => refs.get(one)?.title ?? HIDDEN).join(' → ')}.` : null,
    };
  },

  /** Ends the old row and begins another one, so that the graph of an earlier instant stays as it was. */
  async updateEdge(ctx, { id, ...asked }) {
    const edge = await edgeOf(ctx, id);
    const row = await store.edgeById(ctx.db, id);
    allow(!row || row.endedAt !== null ? 'This dependency has ended.' : undefined);
    const was = { impact: edge.impact, group: edge.group, confidence: edge.confidence, note: edge.note };
    const becomes = { ...was, ...given(asked) };
    const changed = Object.keys(was).filter((field) => was[field as keyof typeof was] !== becomes[field as keyof typeof was]);
    if (changed.length === 0) {
      ctx.unchanged();
      return edge;
    }
    const data = { from: edge.impact, impact: becomes.impact, fields: changed };
    await recordBoth(ctx, { providerId: edge.provider.id, consumerId: edge.consumer.id }, { did: 'edge.changed', data });
    const { group: redundancyGroup, ...columns } = becomes;
    const [at, next] = [iso(ctx.now), uuidv7(ctx.now)];
    await store.tables(ctx.db).updateTable('catalogEdge').set({ endedAt: at }).where('id', '=', id).execute();
    await store
      .tables(ctx.db)
      .insertInto('catalogEdge')
      .values({ ...row!, id: next, ...columns, redundancyGroup, begunAt: at, lastSeen: at, endedAt: null })
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
    await recordBoth(ctx, { providerId: edge.provider.id, consumerId: edge.consumer.id }, { did: 'edge.ended' });
    return edgeOf(ctx, id);
  },

  async setRedundancy(ctx, { consumer, group, minUp, unit }) {
    const head = await inCatalog(ctx, consumer);
    allow(head.archivedAt === null ? undefined : `${head.number} is retired.`);
    if (unit === 'percent' && minUp !== null && minUp > 100) throw invalidField('minUp', 'More than 100 % cannot be up.');
    const was = (await store.openRedundancies(ctx.db, [head.id])).find((one) => one.group === group);
    if ((was?.minUp ?? null) === minUp && (minUp === null || was?.unit === unit)) ctx.unchanged();
    else {
      await store.putRedundancy(ctx.db, iso(ctx.now), { id: uuidv7(ctx.now), consumerId: head.id, group, minUp, unit });
      await ctx.record({ record: head.id, did: 'redundancy.set', data: { group, minUp, unit, from: was?.minUp ?? null } });
    }
    return { redundancy: await store.redundanciesOf(ctx.db, [head.id]) };
  },
};

/** The edge if the actor may see both of its ends; missing otherwise. */
async function edgeOf(ctx: Read | Write, id: string): Promise<Edge> {
  const row = await store.tables(ctx.db).selectFrom('catalogEdge').selectAll().where('id', '=', id).executeTakeFirst();
  const refs = await refsOf(ctx.db, ctx.actor, [row?.providerId, row?.consumerId, row?.importId]);
  const [provider, consumer] = [refs.get(row?.providerId ?? ''), refs.get(row?.consumerId ?? '')];
  if (!row || !provider || !consumer) throw missing('This dependency');
  const { providerId: _, consumerId: __, begunAt: ___, redundancyGroup: group, importId, ...edge } = row;
  return { ...edge, group, provider, consumer, from: refs.get(importId ?? '') ?? null };
}

type Ends = { readonly providerId: string; readonly consumerId: string };

/**
 * An edge is told on the pages of both of its ends, a restricted end not by its number: who reads the other page may not see it.
 * In one order, so that two writers never wait for each other.
 */
async function recordBoth(ctx: Write, { providerId, consumerId }: Ends, entry: { readonly did: string; readonly data?: Readonly<Record<string, unknown>> }): Promise<void> {
  const ends = await store.openNumbers(ctx.db, [providerId, consumerId]);
  const data = { provider: ends.get(providerId), consumer: ends.get(consumerId), ...entry.data };
  for (const record of [consumerId, providerId].toSorted()) await ctx.record({ record, did: entry.did, data });
}

/** Tells the other end of each edge that ended because a record was retired. */
export async function recordEnded(ctx: Write, ended: readonly Ends[], retiredId: string): Promise<void> {
  const open = await store.openNumbers(
    ctx.db,
    ended.flatMap(({ providerId, consumerId }) => [providerId, consumerId]),
  );
  for (const { providerId, consumerId } of ended) {
    await ctx.record({ record: providerId === retiredId ? consumerId : providerId, did: 'edge.ended', data: { provider: open.get(providerId), consumer: open.get(consumerId) } });
  }
}
