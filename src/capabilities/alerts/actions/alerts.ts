import { openPagesOf } from '#capabilities/notify/index.ts';
import { byNumber as recordByNumber } from '#kernel/records/index.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { missing } from '#kernel/problem.ts';
import { answer } from '../answers.ts';
import { shown, shownGroups } from '../shown.ts';
import { wayOf } from '../way.ts';
import type { alertVerbs } from '../contract/alerts.ts';
import { alerts } from '../contract/index.ts';
import { refuseAnswer } from '../rules/stages.ts';
import * as store from '../store/index.ts';

export const alertActions: Pick<Actions<typeof alerts>, keyof typeof alertVerbs> = {
  async list(ctx, { state, severity, service, source, group, q, from, until, mine, limit, cursor }) {
    const { db, actor } = ctx;
    const [at, id] = keyOf(cursor, 2);
    const rows = await store.list(db, actor, {
      states: state,
      severities: severity,
      groupId: group,
      q,
      from,
      until,
      limit: limit + 1,
      before: at && id ? { at, id } : undefined,
      teams: mine ? actor.teams : undefined,
      serviceId: service ? (await recordByNumber(db, actor, service)).id : undefined,
      sourceId: source ? (await recordByNumber(db, actor, source)).id : undefined,
    });
    const items = await shown(ctx, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.openedAt, last.id]) : null };
  },

  async groups(ctx, { state, severity, service, source, q, mine, held, limit, cursor }) {
    const { db, actor } = ctx;
    const [at, id] = keyOf(cursor, 2);
    const rows = await store.groupList(db, actor, {
      openOnly: state === 'open',
      severities: severity,
      q,
      held,
      limit: limit + 1,
      before: at && id ? { at, id } : undefined,
      teams: mine ? actor.teams : undefined,
      serviceId: service ? (await recordByNumber(db, actor, service)).id : undefined,
      sourceId: source ? (await recordByNumber(db, actor, source)).id : undefined,
    });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return { items: await shownGroups(ctx, page), cursor: last ? cursorOf([last.lastAt, last.id]) : null };
  },

  async get(ctx, { number }) {
    const row = await alertRow(ctx, number);
    const [alert] = await shown(ctx, [row]);
    if (!alert) throw missing(number);
    const may = refusePermission(ctx.actor, 'alerts.answer', alerts.permissions) ?? null;
    const way = await wayOf(ctx, row);
    // Who answers the alert that stands for a group answers all of it, also when that one is over already.
    const standing = way.group?.lead?.id === row.id ? (await store.groupStandings(ctx.db, [way.group.id])).get(way.group.id) : undefined;
    const state = standing?.state ?? row.state;
    const asked = ctx.actor.id !== null && (await openPagesOf(ctx.db, ctx.actor.id)).some((page) => page.aboutId === (way.group?.lead?.id ?? row.id));
    // Whoever is asked beside the one who has it answers for themselves.
    const acknowledged = state === 'acknowledged' && !asked ? 'It is acknowledged already.' : null;
    return {
      alert,
      labels: row.labels,
      details: row.details,
      link: row.link,
      links: row.links,
      dedupKey: row.dedupKey,
      serviceBecause: row.serviceBecause,
      rule: row.ruleName,
      ...way,
      may: {
        acknowledge: may ?? acknowledged ?? (asked && state === 'acknowledged' ? null : (refuseAnswer('acknowledge', state) ?? null)),
        escalate: may ?? refuseAnswer('escalate', state) ?? null,
        resolve: may ?? refuseAnswer('resolve', row.state) ?? null,
        declare: may,
      },
    };
  },

  acknowledge: (ctx, { number }) => answered(ctx, number, 'acknowledge'),
  unacknowledge: (ctx, { number }) => answered(ctx, number, 'unacknowledge'),
  escalate: (ctx, { number }) => answered(ctx, number, 'escalate'),
  resolve: (ctx, { number }) => answered(ctx, number, 'resolve'),
};

type Seer = Pick<Read | Write, 'db' | 'actor'>;

async function alertRow({ db, actor }: Seer, number: string) {
  const row = await store.byNumber(db, actor, number);
  if (!row) throw missing(number);
  return row;
}

async function answered(ctx: Write, number: string, deed: 'acknowledge' | 'unacknowledge' | 'escalate' | 'resolve') {
  await answer(ctx, (await alertRow(ctx, number)).id, deed);
  const [alert] = await shown(ctx, [await alertRow(ctx, number)]);
  if (!alert) throw missing(number);
  return alert;
}
