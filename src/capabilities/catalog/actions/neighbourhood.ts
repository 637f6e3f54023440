import type { Actions, Read } from '#kernel/desk.ts';
import { invalidField } from '#kernel/problem.ts';
import { byNumber, refsOf } from '#kernel/records/index.ts';
import type { catalog } from '../contract/index.ts';
import { factsOf, healthOf } from '../health.ts';
import { signedHops, UNWATCHED } from '../rules/index.ts';
import { attributesAt } from '../store/history.ts';
import * as store from '../store/index.ts';

const NODES_MOST = 200;
const PAST = { state: 'unknown' as const, words: 'Health is known for the present only', record: null };

export const neighbourhoodActions: Pick<Actions<typeof catalog>, 'graph'> = {
  async graph(ctx, { number, hops, at }) {
    const start = await inCatalog(ctx, number);
    const upward = await store.distances(ctx.db, start.id, { towards: 'providers', hops, at });
    const downward = await store.distances(ctx.db, start.id, { towards: 'consumers', hops, at });
    const reached = signedHops(start.id, upward, downward);
    const seen = await store.nodes(ctx.db, ctx.actor, [...reached.keys()]);
    const then = at === undefined ? null : await attributesAt(ctx.db, [...reached.keys()], at);
    const near = seen
      .map((node) => ({ ...node, ...then?.get(node.id), hops: reached.get(node.id) ?? 0 }))
      .toSorted((a, b) => Math.abs(a.hops) - Math.abs(b.hops) || a.title.localeCompare(b.title))
      .slice(0, NODES_MOST);
    const facts = await factsOf(
      ctx,
      near.filter((node) => node.kind === 'service' && then === null).map((node) => node.id),
    );
    const teams = await refsOf(
      ctx.db,
      ctx.actor,
      near.map((node) => node.teamId),
    );
    const edges = await store.edgesAmong(
      ctx.db,
      near.map((node) => node.id),
      at,
    );
    const imports = await refsOf(
      ctx.db,
      ctx.actor,
      edges.map(({ importId }) => importId),
    );
    return {
      nodes: near.map(({ title, teamId, kind, ...node }) => ({
        ...node,
        name: title,
        kind: kind === 'service' ? ('service' as const) : ('component' as const),
        team: teams.get(teamId ?? '') ?? null,
        health: then ? PAST : kind === 'service' ? healthOf(facts.get(node.id)) : { state: 'unknown' as const, words: UNWATCHED, record: null },
      })),
      edges: edges.map(({ id, providerId, consumerId, impact, note, redundancyGroup: group, confidence, source, lastSeen, importId }) => ({
        id,
        providerId,
        consumerId,
        impact,
        note,
        group,
        confidence,
        source,
        lastSeen,
        from: imports.get(importId ?? '') ?? null,
      })),
      redundancy: await store.redundanciesOf(
        ctx.db,
        near.map((node) => node.id),
        at,
      ),
      moreCount: seen.length - near.length,
      hiddenCount: reached.size - seen.length,
    };
  },
};

/** A service or component by its number; refuses other kinds. */
export async function inCatalog(ctx: Read, number: string) {
  const head = await byNumber(ctx.db, ctx.actor, number);
  if (head.kind !== 'service' && head.kind !== 'component') throw invalidField('number', `${number} is neither a service nor a component.`);
  return head;
}
