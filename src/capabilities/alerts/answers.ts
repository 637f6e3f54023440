import { notificationsOfPages } from '#capabilities/notify/index.ts';
import { endPaging, escalatePaging, pagingAbout, registerSubject, startPaging } from '#capabilities/oncall/index.ts';
import { registerHealth, servicesByIds } from '#capabilities/catalog/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Read, Write } from '#kernel/desk.ts';
import { allow, missing } from '#kernel/problem.ts';
import { refsOf } from '#kernel/records/index.ts';
import type { Alert } from './contract/index.ts';
import { acknowledge, resolve } from './intake.ts';
import { refuseAnswer, stagesOf } from './rules/stages.ts';
import * as store from './store/index.ts';

type Seer = Pick<Read | Write, 'db' | 'actor'>;
type Deed = 'acknowledge' | 'unacknowledge' | 'escalate' | 'resolve';

/** A person's answer to an alert. A repeated acknowledgement or resolve changes nothing and is not an error. */
export async function answer(ctx: Write, id: string, deed: Deed): Promise<void> {
  const locked = await store.tables(ctx.db).selectFrom('alertsAlert').select(['state', 'serviceId']).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!locked) throw missing('This alert');
  if ((deed === 'acknowledge' && locked.state === 'acknowledged') || (deed === 'resolve' && locked.state === 'resolved')) return ctx.unchanged();
  allow(refuseAnswer(deed, locked.state));
  if (deed === 'acknowledge') return acknowledge(ctx, id, ctx.actor.id);
  if (deed === 'resolve') return resolve(ctx, id, ctx.actor.id);
  await store.tables(ctx.db).updateTable('alertsAlert').set({ state: 'triggered', acknowledgedAt: null, acknowledgedBy: null }).where('id', '=', id).execute();
  await ctx.record({ record: id, did: deed === 'escalate' ? 'alert.escalated' : 'alert.reopened' });
  const goesOn = deed === 'escalate' && (await escalatePaging(ctx, id));
  if (!goesOn) await pageAnew(ctx, id, locked.serviceId);
}

async function pageAnew(ctx: Write, id: string, serviceId: string | null): Promise<void> {
  await endPaging(ctx, id, 'paged anew');
  const alert = await store.byId(ctx.db, ctx.actor, id);
  await startPaging(ctx, { about: id, serviceId, title: alert?.title ?? 'Alert', text: alert?.serviceBecause ?? '' });
}

/** Alerts as they go over the wire; two more queries for any number of them. */
export async function shown({ db, actor }: Seer, rows: readonly store.AlertRow[]): Promise<Alert[]> {
  const [refs, services] = [
    await refsOf(
      db,
      actor,
      rows.flatMap((row) => [row.serviceId, row.sourceId, row.acknowledgedBy]),
    ),
    await servicesByIds(
      db,
      actor,
      rows.flatMap((row) => (row.serviceId ? [row.serviceId] : [])),
    ),
  ];
  return rows.map(({ serviceId, sourceId, acknowledgedBy, ...row }) => {
    const service = refs.get(serviceId ?? '');
    return {
      ...row,
      service: service ? { ...service, tier: services.get(service.id)?.tier ?? null } : null,
      source: refs.get(sourceId ?? '') ?? null,
      acknowledgedBy: refs.get(acknowledgedBy ?? '') ?? null,
    };
  });
}

const LOOK_BACK = 90 * 86_400_000;

/** Everything the alert page shows beside the alert itself. */
export async function wayOf(ctx: Read, row: NonNullable<Awaited<ReturnType<typeof store.byNumber>>>) {
  const { db, actor } = ctx;
  const paging = await pagingAbout(ctx, row.id);
  const [seen, signals, told] = [
    await store.seenBefore(db, { id: row.id, sourceId: row.sourceId, dedupKey: row.dedupKey, before: row.openedAt, since: iso(ms(row.openedAt) - LOOK_BACK) }),
    await store.signalsOf(db, row.id),
    await notificationsOfPages(db, row.id),
  ];
  const skipped = await store.skippedSteps(db, actor, row.id);
  const refs = await refsOf(db, actor, [row.serviceId, row.sourceId, row.acknowledgedBy]);
  const stages = stagesOf({
    openedAt: row.openedAt,
    from: refs.get(row.sourceId ?? '')?.title ?? 'A check of this desk',
    signalCount: row.signalCount,
    seenBeforeCount: seen.length,
    severity: row.severity,
    service: refs.get(row.serviceId ?? '') ?? null,
    serviceBecause: row.serviceBecause,
    state: row.state,
    resolvedAt: row.resolvedAt,
    acknowledged: row.acknowledgedAt ? { by: refs.get(row.acknowledgedBy ?? '')?.title ?? 'The sender', at: row.acknowledgedAt } : null,
    policyName: paging.policyName,
    policy: paging.policy,
    paging: paging.state,
    skipped: skipped.map((one) => ({ at: one.at, sentence: String(one.data.sentence) })),
    pages: paging.pages.map((page) => ({
      name: page.person?.title ?? 'somebody',
      why: page.why,
      startedAt: page.startedAt,
      endedAt: page.endedAt,
      endedWhy: page.endedWhy,
      told: toldOf(told, page),
    })),
  });
  const mine = paging.pages.findLast((page) => page.person?.id === actor.id);
  return { stages, whyMe: mine?.why ?? null, seenBefore: { count: seen.length, days: 90, last: seen[0] ?? null }, signals };
}

function toldOf(told: Awaited<ReturnType<typeof notificationsOfPages>>, page: { person: { id: string } | null; startedAt: string }): string {
  const mine = told.filter((one) => one.personId === page.person?.id && one.pageStartedAt === page.startedAt);
  return mine.map((one) => `${one.word}: ${one.state === 'sent' ? 'sent' : one.state === 'failed' ? `failed. ${one.result.replace(/\.$/, '')}` : one.state}`).join('. ');
}

registerSubject('alert', {
  acknowledge: (ctx, id) => answer(ctx, id, 'acknowledge'),
  escalate: (ctx, id) => answer(ctx, id, 'escalate'),
  async describe(ctx, id) {
    const row = await store.byId(ctx.db, ctx.actor, id);
    if (!row) return { open: false, acknowledgedBy: null, acknowledgedAt: null, facts: [] };
    const [alert] = await shown(ctx, [row]);
    const facts: (readonly [string, string])[] = [
      ['Severity', row.severity],
      ['Origin', row.origin],
    ];
    if (alert?.service) facts.unshift(['Service', `${alert.service.title}${alert.service.tier ? ` (tier ${alert.service.tier})` : ''}`]);
    return {
      open: row.state !== 'resolved',
      acknowledgedBy: row.acknowledgedAt ? (alert?.acknowledgedBy?.title ?? 'the sender') : null,
      acknowledgedAt: row.acknowledgedAt,
      facts,
    };
  },
});

registerHealth(async ({ db, actor, now }, serviceIds) => {
  const rows = await store.openOfServices(db, actor, serviceIds);
  const facts = new Map<string, { state: 'critical' | 'warning'; words: string; record: { id: string; kind: string; number: string; title: string } }[]>();
  for (const row of rows) {
    if (!row.serviceId || row.severity === 'info') continue;
    const minutes = Math.max(1, Math.round((now - ms(row.openedAt)) / 60_000));
    const state = row.severity === 'warning' ? ('warning' as const) : ('critical' as const);
    const fact = {
      state,
      words: `${row.title}, for ${minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`}`,
      record: { id: row.id, kind: 'alert', number: row.number, title: row.title },
    };
    facts.set(row.serviceId, [...(facts.get(row.serviceId) ?? []), fact]);
  }
  return facts;
});
