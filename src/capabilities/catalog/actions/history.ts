import type { Actions } from '#kernel/desk.ts';
import { invalidField } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { catalog } from '../contract/index.ts';
import { HIDDEN, fieldMoves } from '../rules/index.ts';
import { edgesMovedBetween, groupsMovedBetween, movedBetween, statesOf } from '../store/history.ts';
import { inCatalog } from './neighbourhood.ts';

const STATES_MOST = 200;

export const historyActions: Pick<Actions<typeof catalog>, 'differences' | 'states'> = {
  async differences(ctx, { from, until, limit }) {
    if (Date.parse(until) < Date.parse(from)) throw invalidField('until', 'until is before from: ask the other way round.');
    const [records, edges] = [await movedBetween(ctx.db, from, until), await edgesMovedBetween(ctx.db, from, until)];
    const groups = Map.groupBy(await groupsMovedBetween(ctx.db, from, until), ({ consumerId }) => consumerId);
    const refs = await refsOf(ctx.db, ctx.actor, [...records.map((one) => one.recordId), ...edges.flatMap((one) => [one.providerId, one.consumerId]), ...groups.keys()]);
    const owners = await refsOf(
      ctx.db,
      ctx.actor,
      records.flatMap(({ before, after }) => [before, after].flatMap((one) => [one?.team_id, one?.owner_id, one?.merged_into])),
    );
    const nameOf = (id: string) => owners.get(id)?.title ?? HIDDEN;
    const sizes = (id: string) => (groups.get(id) ?? []).map(({ group, before, after }) => ({ field: `group ${group}`, before, after }));
    const moves = new Set(records.map(({ recordId }) => recordId));
    const resized = [...groups.keys()].flatMap((id) => {
      const record = moves.has(id) ? undefined : refs.get(id);
      return record ? [{ record, change: 'changed' as const, fields: sizes(id) }] : [];
    });
    const changed = records.flatMap(({ recordId, before, after, beforeTitle, afterTitle }) => {
      const record = refs.get(recordId);
      if (!record) return [];
      const change = before === null ? ('added' as const) : after === null ? ('retired' as const) : ('changed' as const);
      const fields = change === 'changed' ? [...fieldMoves({ name: beforeTitle, ...before }, { name: afterTitle, ...after }, nameOf), ...sizes(recordId)] : [];
      return [{ record, change, fields }];
    });
    const shownRecords = [...changed, ...resized];
    const moved = edges.flatMap(({ providerId, consumerId, before, after }) => {
      const [provider, consumer] = [refs.get(providerId), refs.get(consumerId)];
      if (!provider || !consumer) return [];
      const change = before === null ? ('added' as const) : after === null ? ('ended' as const) : ('changed' as const);
      return [{ provider, consumer, change, fields: change === 'changed' ? [...fieldMoves(before, after, nameOf)] : [] }];
    });
    const shown = { records: shownRecords.slice(0, limit), edges: moved.slice(0, limit) };
    return { ...shown, moreCount: shownRecords.length + moved.length - shown.records.length - shown.edges.length };
  },

  async states(ctx, { number }) {
    const { id } = await inCatalog(ctx, number);
    const states = await statesOf(ctx.db, ctx.actor, id, STATES_MOST);
    const owners = await refsOf(
      ctx.db,
      ctx.actor,
      states.flatMap(({ attributes }) => [attributes.team_id, attributes.owner_id, attributes.merged_into]),
    );
    const nameOf = (one: string) => owners.get(one)?.title ?? HIDDEN;
    return {
      items: states.map(({ begunAt, endedAt, title, attributes }, i) => {
        const earlier = states[i + 1];
        const fields = earlier ? fieldMoves({ name: earlier.title, ...earlier.attributes }, { name: title, ...attributes }, nameOf) : [];
        return { begunAt, endedAt, name: title, fields: [...fields] };
      }),
    };
  },
};
