import { acknowledgePaging, endPaging, escalatePaging, registerSubject, startPaging } from '#capabilities/oncall/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import { allow, missing } from '#kernel/problem.ts';
import { resolveAlerts } from './intake/resolving.ts';
import { routingOf } from './intake/setting.ts';
import { routed } from './rules/options.ts';
import { refuseAnswer } from './rules/stages.ts';
import { shown } from './shown.ts';
import * as store from './store/index.ts';

type Deed = 'acknowledge' | 'unacknowledge' | 'escalate' | 'resolve';

/**
 * A person's answer to an alert. The alert about which a group pages stands for the group: whoever acknowledges it has
 * all of it. A repeated acknowledgement or resolve changes nothing and is not an error.
 */
export async function answer(ctx: Write, id: string, deed: Deed): Promise<void> {
  await store.lockPipeline(ctx.db);
  const alert = await store.answerable(ctx.db, id);
  if (!alert) throw missing('This alert');
  const led = alert.leadsGroup ? alert.groupId : null;
  if (deed === 'resolve' && alert.state === 'resolved') return ctx.unchanged();
  const open = await store.openOfGroup(ctx.db, { id, groupId: led });
  const states = open.map((one) => one.state);
  if (deed === 'acknowledge' && states.length > 0 && states.every((state) => state === 'acknowledged')) {
    // Somebody has it; whoever was asked as well answers for themselves.
    if (!(await acknowledgePaging(ctx, id))) ctx.unchanged();
    return;
  }
  allow(refuseAnswer(deed, led !== null && states.length > 0 ? (states.includes('triggered') ? 'triggered' : 'acknowledged') : alert.state));
  if (deed === 'resolve') return resolveAlerts(ctx, [id], ctx.actor.id);
  if (deed === 'acknowledge')
    return acknowledge(
      ctx,
      id,
      open.filter((one) => one.state === 'triggered').map((one) => one.id),
    );
  const taken = open.filter((one) => one.state === 'acknowledged').map((one) => one.id);
  await store.setTaken(ctx.db, taken, null);
  await ctx.recordMany([...new Set([id, ...taken])].map((record) => ({ record, did: deed === 'escalate' && record === id ? 'alert.escalated' : 'alert.reopened' })));
  const goesOn = deed === 'escalate' && (await escalatePaging(ctx, id));
  if (!goesOn) await pageAnew(ctx, alert);
}

async function acknowledge(ctx: Write, id: string, ids: readonly string[]): Promise<void> {
  await store.setTaken(ctx.db, ids, { at: iso(ctx.now), by: ctx.actor.id });
  await ctx.recordMany(ids.map((record) => ({ record, did: 'alert.acknowledged', data: record === id ? { by: 'person' } : { by: 'person', with: id } })));
  for (const lead of new Set([id, ...(await store.leadsOfTaken(ctx.db, ids))])) await acknowledgePaging(ctx, lead);
}

/** Nobody has it any more; who is paged then is decided by whoever asks. */
async function reopened(ctx: Write, id: string): Promise<void> {
  const alert = await store.answerable(ctx.db, id);
  if (!alert) return;
  const open = await store.openOfGroup(ctx.db, { id, groupId: alert.leadsGroup ? alert.groupId : null });
  const taken = open.filter((one) => one.state === 'acknowledged').map((one) => one.id);
  await store.setTaken(ctx.db, taken, null);
  await ctx.recordMany(taken.map((record) => ({ record, did: 'alert.reopened' })));
}

async function pageAnew(
  ctx: Write,
  { id, pagedId, title, serviceId, serviceBecause, severity, groupId, labels }: NonNullable<Awaited<ReturnType<typeof store.answerable>>>,
): Promise<void> {
  for (const about of new Set([id, ...(pagedId === null ? [] : [pagedId])])) await endPaging(ctx, about, 'paged anew');
  if (groupId) await store.leadGroup(ctx.db, { groupId, leadId: id, severity });
  const { options } = routed(await routingOf(ctx.db), labels, severity);
  await startPaging(ctx, { about: id, serviceId, policy: options.policy, severity, title, text: serviceBecause });
}

registerSubject('alert', {
  acknowledge: (ctx, id) => answer(ctx, id, 'acknowledge'),
  escalate: (ctx, id) => answer(ctx, id, 'escalate'),
  resolve: (ctx, id) => answer(ctx, id, 'resolve'),
  reopen: reopened,
  standsFor: async ({ db }, id) => (await store.answerable(db, id))?.pagedId ?? id,
  lock: ({ db }) => store.lockPipeline(db),
  async describe(ctx, id) {
    const row = await store.byId(ctx.db, ctx.actor, id);
    if (!row) return { open: false, acknowledgedBy: null, acknowledgedAt: null, facts: [] };
    const others = row.state === 'resolved' ? await store.standingFor(ctx.db, id) : undefined;
    const [alert] = await shown(ctx, [{ ...row, ...others }]);
    const acknowledgedAt = others ? others.acknowledgedAt : row.acknowledgedAt;
    const facts: (readonly [string, string])[] = [
      ['Severity', row.severity],
      ['Origin', row.origin],
    ];
    if (alert?.service) facts.unshift(['Service', `${alert.service.title}${alert.service.tier ? ` (tier ${alert.service.tier})` : ''}`]);
    return {
      open: row.state !== 'resolved' || others !== undefined,
      acknowledgedBy: acknowledgedAt ? (alert?.acknowledgedBy?.title ?? 'the sender') : null,
      acknowledgedAt,
      facts,
    };
  },
});
