import { actionsDue, today as dayOf } from '#capabilities/followups/index.ts';
import { liveIncidents, openReviews } from '#capabilities/incidents/index.ts';
import rotasModule, { nowOf } from '#capabilities/rotas/index.ts';
import { rotas } from '#capabilities/rotas/contract/index.ts';
import { nextHandovers } from '#capabilities/rotas/rules/index.ts';
import { iso } from '#kernel/clock.ts';
import type { Out } from '#kernel/contract.ts';
import type { Read } from '#kernel/desk.ts';
import { refsOf } from '#kernel/records/index.ts';
import { visible } from '#kernel/visible.ts';
import { addDays, offsetAt } from '#kernel/zoned.ts';
import { ask } from './ask.ts';
import type { watch } from './contract.ts';

type Today = Out<(typeof watch)['verbs']['today']>;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CHANGED_MOST = 30;

/** What people call a change; the talk of an incident and the log of pages are not. */
const NOTABLE = [
  'incident.declared',
  'incident.advanced',
  'incident.movedBack',
  'incident.resolved',
  'incident.reopened',
  'incident.severityChanged',
  'rota.created',
  'rota.changed',
  'rota.layerAdded',
  'rota.layerChanged',
  'rota.layerRemoved',
  'rota.overridden',
  'rota.overrideRemoved',
  'rota.swapTaken',
  'rota.temporary',
  'rota.temporaryCleared',
  'absence.added',
  'absence.removed',
  'rota.retired',
  'policy.created',
  'policy.changed',
  'policy.covers',
  'policy.released',
  'policy.retired',
  'service.created',
  'service.changed',
  'service.retired',
  'component.created',
  'component.changed',
  'component.retired',
  'edge.added',
  'edge.changed',
  'edge.ended',
  'check.created',
  'check.changed',
  'check.paused',
  'check.retired',
  'source.created',
  'source.retired',
  'review.finished',
];

async function changed(ctx: Read): Promise<Pick<Today, 'changed' | 'changedMore'>> {
  const rows = await ctx.db
    .selectFrom('activity')
    .innerJoin('record', 'record.id', 'activity.recordId')
    .select(['activity.id', 'activity.at', 'activity.did', 'activity.via', 'activity.actorId', 'activity.recordId'])
    .where('activity.did', 'in', NOTABLE)
    .where('activity.at', '>', iso(ctx.now - DAY))
    .where(visible(ctx.actor))
    .orderBy('activity.at', 'desc')
    .orderBy('activity.id', 'desc')
    .limit(CHANGED_MOST + 1)
    .execute();
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    rows.flatMap((row) => [row.actorId, row.recordId]),
  );
  const words = Object.assign({}, ...ctx.desk.modules.map((m) => m.contract.events)) as Record<string, string>;
  return {
    changed: rows.slice(0, CHANGED_MOST).map(({ id, at, did, via, actorId, recordId }) => ({
      id,
      at,
      did,
      via,
      words: words[did] ?? did,
      record: refs.get(recordId ?? '') ?? null,
      actor: refs.get(actorId ?? '') ?? null,
    })),
    changedMore: rows.length > CHANGED_MOST,
  };
}

/** The hour in which a zone's clock changes within the window; null when it does not. */
function clockChange(zone: string, from: number, until: number): number | null {
  for (let at = Math.ceil(from / HOUR) * HOUR; at <= until; at += HOUR) if (offsetAt(zone, at) !== offsetAt(zone, at - HOUR)) return at;
  return null;
}

async function next(ctx: Read, mine: 'mine' | 'everyone'): Promise<Today['next']> {
  const { db, actor, now } = ctx;
  const [until, before] = [now + 7 * DAY, addDays(dayOf(now), 8)];
  const rotas = (await nowOf(db, actor, now)).filter(({ row }) => mine === 'everyone' || (row.teamId !== null && actor.teams.includes(row.teamId)));
  const handovers = rotas.flatMap(({ row, rota }) =>
    nextHandovers(rota, now, 7)
      .filter((one) => one.at <= until)
      .map((one) => ({ ...one, row })),
  );
  const refs = await refsOf(
    db,
    actor,
    handovers.flatMap((one) => one.after),
  );
  const names = (ids: readonly string[]) => ids.map((id) => refs.get(id)?.title ?? 'somebody').join(' and ') || 'nobody';
  const changes = [...new Set(rotas.map(({ row }) => row.zone))].flatMap((zone) => {
    const at = clockChange(zone, now, until);
    return at === null ? [] : [{ zone, at }];
  });
  const own = mine === 'mine' && actor.id !== null ? { ownerId: actor.id, teamIds: actor.teams } : {};
  const day = (date: string) => `${date}T00:00:00.000Z`;
  return [
    ...handovers.map((one) => ({
      at: iso(one.at),
      kind: 'handover' as const,
      words: `Handover to ${names(one.after)}`,
      record: { id: one.row.id, kind: 'rota', number: one.row.number, title: one.row.title },
      allDay: false,
    })),
    ...changes.map(({ zone, at }) => ({
      at: iso(at),
      kind: 'clock change' as const,
      words: `Clocks go ${offsetAt(zone, at) > offsetAt(zone, at - HOUR) ? 'forward' : 'back'} in ${zone}`,
      record: null,
      allDay: false,
    })),
    ...(await actionsDue(ctx, { before, limit: 100, ...own }))
      .filter((one) => !one.overdue)
      .map((one) => ({
        at: day(one.dueOn ?? before),
        kind: 'action due' as const,
        words: one.title,
        record: { id: one.id, kind: 'action', number: one.number, title: one.title },
        allDay: true,
      })),
    ...(await openReviews(ctx, { limit: 100, ...own }))
      .filter((one) => !one.overdue && one.dueOn < before)
      .map((one) => ({
        at: day(one.dueOn),
        kind: 'review due' as const,
        words: one.title,
        record: { id: one.id, kind: 'review', number: one.number, title: one.title },
        allDay: true,
      })),
  ]
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .slice(0, 100);
}

export async function todayOf(ctx: Read, mine: 'mine' | 'everyone'): Promise<Today> {
  const { items } = await ask(ctx, { module: rotasModule, name: 'now', verb: rotas.verbs.now }, {});
  return {
    live: [...(await liveIncidents(ctx))],
    onCall: items.map(({ rota, team, people, until, next: after, nextAt }) => ({ rota, team, people, until, next: after, nextAt })),
    ...(await changed(ctx)),
    next: await next(ctx, mine),
  };
}
