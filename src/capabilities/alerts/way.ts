import { notificationsOfPages } from '#capabilities/notify/index.ts';
import { pagingAbout } from '#capabilities/oncall/index.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Read } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import { wholeWay } from './rules/decide.ts';
import { stagesOf, whyNotMe, type Way } from './rules/stages.ts';
import * as store from './store/index.ts';

const LOOK_BACK = 90 * 86_400_000;

/** Everything the alert page shows beside the alert itself. */
export async function wayOf(ctx: Read, row: NonNullable<Awaited<ReturnType<typeof store.byNumber>>>) {
  const { db, actor } = ctx;
  const group = row.groupId ? ((await store.groupsByIds(db, [row.groupId]))[0] ?? null) : null;
  const about = group?.leadId ?? row.id;
  const paging = await pagingAbout(ctx, about);
  const [seen, signals, told] = [
    await store.seenBefore(db, { id: row.id, sourceId: row.sourceId, dedupKey: row.dedupKey, before: row.openedAt, since: iso(ms(row.openedAt) - LOOK_BACK) }),
    await store.signalsOf(db, row.id),
    await notificationsOfPages(db, about),
  ];
  const skipped = await store.skippedSteps(db, actor, about);
  const refs = await refsOf(db, actor, [row.serviceId, row.sourceId, row.acknowledgedBy, group?.leadId, ...row.verdicts.map((verdict) => verdict.by)]);
  const lead = refs.get(group?.leadId ?? '') ?? null;
  const kept = new Set(row.verdicts.map(({ stage }) => stage));
  const way: Way = {
    openedAt: row.openedAt,
    from: refs.get(row.sourceId ?? '')?.title ?? 'A check of this desk',
    signalCount: row.signalCount,
    seenBeforeCount: seen.length,
    severity: row.severity,
    outcome: row.outcome,
    held: row.state === 'triggered' ? row.held : null,
    wakeAt: row.wakeAt,
    verdicts: wholeWay(row.verdicts, row).map((verdict) => ({
      ...verdict,
      record: refs.get(verdict.by ?? '') ?? null,
      plain: verdict.stage !== 'route' && !kept.has(verdict.stage),
    })),
    group: group && { count: group.alertCount, open: group.openCount, lead, isLead: group.leadId === row.id },
    reopens: row.reopens,
    calmSince: row.calmSince,
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
  };
  const mine = paging.pages.findLast((page) => page.person?.id === actor.id);
  return {
    stages: [...stagesOf(way)],
    whyMe: mine?.why ?? null,
    whyNotMe: mine
      ? null
      : whyNotMe(
          way,
          paging.nextPeople.some((person) => person.id === actor.id),
        ),
    group: group && group.alertCount > 1 ? { id: group.id, title: group.title, count: group.alertCount, open: group.openCount, lead } : null,
    seenBefore: { count: seen.length, days: 90, last: seen[0] ?? null },
    signals,
  };
}

function toldOf(told: Awaited<ReturnType<typeof notificationsOfPages>>, page: { person: { id: string } | null; startedAt: string }): string {
  const mine = told.filter((one) => one.personId === page.person?.id && one.pageStartedAt === page.startedAt);
  return mine.map((one) => `${one.word}: ${one.state === 'sent' ? 'sent' : one.state === 'failed' ? `failed. ${one.result.replace(/\.$/, '')}` : one.state}`).join('. ');
}
