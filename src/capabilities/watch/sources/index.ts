import { serviceSlugs, servicesByIds } from '#capabilities/catalog/index.ts';
import checksModule from '#capabilities/checks/index.ts';
import { checks } from '#capabilities/checks/contract/index.ts';
import { actionsDue, today } from '#capabilities/followups/index.ts';
import { liveIncidents, openReviews } from '#capabilities/incidents/index.ts';
import notifyModule from '#capabilities/notify/index.ts';
import { notify } from '#capabilities/notify/contract.ts';
import { uncoveredAmong } from '#capabilities/oncall/index.ts';
import { openGroups } from '#capabilities/alerts/index.ts';
import { addDays } from '#kernel/zoned.ts';
import { ask } from '../ask.ts';
import type { Fact } from '../rules.ts';
import { pages, troubledPaging, unanswered } from './paging.ts';
import { ownHandovers, rotasAhead } from './rotas.ts';
import { opening, said, together, type Source } from './source.ts';

const SOON = 10 * 60_000;
const MOST = 200;

export const runningIncidents: Source = async (ctx, scope) => {
  const { actor, now } = ctx;
  return (await liveIncidents(ctx)).flatMap((one): Fact[] => {
    const holds = Object.values(one.roles).some((person) => person?.id === actor.id && actor.id !== null);
    const ours = holds || (one.team !== null && actor.teams.includes(one.team.id));
    const dueAt = one.updateDueAt === null ? null : Date.parse(one.updateDueAt);
    if (scope === 'mine' ? !ours : scope === 'teams' && !ours) return [];
    const common = { record: { id: one.id, kind: 'incident', number: one.number, title: one.title }, title: one.title, weight: Number(one.severity.slice(3)) };
    const href = `/incidents/${one.number}`;
    if (one.roles.commander === null) {
      return [
        {
          ...common,
          key: `commander:${one.id}`,
          kind: 'incidentLeaderless',
          state: 'critical',
          dueAt,
          reasons: [said(`${one.severity}, ${one.stage}`), said('Nobody is in command')],
          action: opening('Take command', href, one.number),
        },
      ];
    }
    if (dueAt === null || dueAt - now > SOON) return [];
    const kind = dueAt <= now ? 'updateOverdue' : 'updateDue';
    return [
      {
        ...common,
        key: `update:${one.id}`,
        kind,
        state: dueAt <= now ? 'critical' : 'warning',
        dueAt,
        reasons: [said(`${one.severity}, ${one.stage}`), { words: `${one.roles.commander.title} is in command`, record: one.roles.commander }],
        action: opening('Post update', href, one.number),
      },
    ];
  });
};

/** What fires and nobody has, one line for what belongs together; what is held back needs nobody yet. */
export const openAlerts: Source = async (ctx, scope) => {
  if (scope === 'mine') return [];
  const groups = await openGroups(ctx, { teams: scope === 'teams' ? ctx.actor.teams : undefined, limit: MOST });
  return groups
    .filter(({ state }) => state === 'triggered')
    .map(({ id, severity, count, open, isLed, alert }): Fact => ({
      key: `alert:${alert.id}`,
      kind: 'alert',
      state: severity === 'critical' || severity === 'error' ? 'critical' : 'warning',
      record: { id: alert.id, kind: 'alert', number: alert.number, title: alert.title },
      title: alert.title,
      weight: alert.service?.tier ?? null,
      dueAt: null,
      reasons: [
        ...(count > 1 ? [said(together({ count, open }))] : []),
        alert.service
          ? { words: alert.service.title, record: { id: alert.service.id, kind: alert.service.kind, number: alert.service.number, title: alert.service.title } }
          : said('Bound to no service'),
        said('Nobody has acknowledged it'),
      ],
      action:
        isLed || open === 1
          ? { verb: 'alerts.acknowledge', label: 'Acknowledge', number: alert.number, href: `/alerts/${alert.number}` }
          : opening('Open all', `/alerts?group=${id}`, alert.number),
    }));
};

export const waitingReviews: Source = async (ctx, scope) => {
  const { actor } = ctx;
  if (scope !== 'everyone' && actor.id === null) return [];
  const found = await openReviews(ctx, {
    limit: MOST,
    ...(scope === 'everyone' || actor.id === null ? {} : { ownerId: actor.id, ...(scope === 'teams' ? { teamIds: actor.teams } : {}) }),
  });
  return found.map((one): Fact => ({
    key: `review:${one.id}`,
    kind: 'reviewWaiting',
    state: one.overdue ? 'warning' : 'info',
    record: { id: one.id, kind: 'review', number: one.number, title: one.title },
    title: one.title,
    weight: Number(one.severity.slice(3)),
    dueAt: Date.parse(`${addDays(one.dueOn, 1)}T00:00:00Z`),
    reasons: [
      said(one.state === 'draft' ? 'It is a draft' : one.state === 'reviewed' ? 'It was read and waits to be closed' : 'It waits to be read'),
      ...(one.owner ? [{ words: one.owner.title, record: one.owner }] : [said('It has no owner')]),
    ],
    action: opening('Open review', `/reviews/${one.number}`, one.number),
  }));
};

export const dueActions: Source = async (ctx, scope) => {
  const { actor } = ctx;
  const found = await actionsDue(ctx, {
    before: addDays(today(ctx.now), 4),
    limit: MOST,
    ...(scope === 'everyone' ? {} : { ownerId: actor.id, ...(scope === 'teams' ? { teamIds: actor.teams } : {}) }),
  });
  return found.map((one): Fact => ({
    key: `action:${one.id}`,
    kind: 'actionDue',
    state: one.overdue ? 'warning' : 'info',
    record: { id: one.id, kind: 'action', number: one.number, title: one.title },
    title: one.title,
    weight: null,
    dueAt: Date.parse(`${addDays(one.dueOn ?? today(ctx.now), 1)}T00:00:00Z`),
    reasons: [
      one.owner ? { words: one.owner.title, record: one.owner } : said('It has no owner'),
      ...(one.about ? [{ words: `Follows from ${one.about.number}`, record: one.about }] : []),
    ],
    action: opening('Open action', `/actions/${one.number}`, one.number),
  }));
};

/** Services that have no team or lead, or of which an alert would page nobody but the administrators. */
export const uncoveredServices: Source = async (ctx, scope) => {
  if (scope === 'mine') return [];
  const mine = (await serviceSlugs(ctx.db)).filter((one) => scope === 'everyone' || (one.teamId !== null && ctx.actor.teams.includes(one.teamId)));
  const unpaged = await uncoveredAmong(
    ctx.db,
    mine.map((one) => one.id),
  );
  const ids = mine.filter((one) => scope === 'teams' || one.teamId === null || unpaged.has(one.id)).slice(0, MOST);
  const known = await servicesByIds(
    ctx.db,
    ctx.actor,
    ids.map((one) => one.id),
  );
  return [...known.values()].flatMap((one): Fact[] => {
    const reasons = [
      ...(unpaged.has(one.id) ? ['No escalation policy covers it'] : []),
      ...(one.teamId === null ? ['It belongs to no team'] : one.ownerId === null ? ['It has no lead'] : []),
    ];
    if (reasons.length === 0) return [];
    return [
      {
        key: `service:${one.id}`,
        kind: 'uncovered',
        state: 'unknown',
        record: { id: one.id, kind: 'service', number: one.number, title: one.name },
        title: one.name,
        weight: one.tier,
        dueAt: null,
        reasons: reasons.map(said),
        action: opening('Open service', `/services/${one.number}`, one.number),
      },
    ];
  });
};

/** Checks of which nothing is known: they can neither warn nor calm. */
export const silentChecks: Source = async (ctx, scope) => {
  if (scope === 'mine') return [];
  const { items } = await ask(ctx, { module: checksModule, name: 'list', verb: checks.verbs.list }, { state: 'unknown', limit: 100 });
  const services = await servicesByIds(
    ctx.db,
    ctx.actor,
    items.flatMap((one) => (one.service ? [one.service.id] : [])),
  );
  return items.flatMap((one): Fact[] => {
    const service = services.get(one.service?.id ?? '');
    if (scope === 'teams' && !(service?.teamId && ctx.actor.teams.includes(service.teamId))) return [];
    return [
      {
        key: `check:${one.id}`,
        kind: 'uncovered',
        state: 'unknown',
        record: { id: one.id, kind: 'check', number: one.number, title: one.name },
        title: one.name,
        weight: service?.tier ?? null,
        dueAt: null,
        reasons: [said(one.words)],
        action: opening('Open check', `/checks/${one.number}`, one.number),
      },
    ];
  });
};

/** The viewer's own ways to be reached, when a page might not arrive. */
export const ownContacts: Source = async (ctx) => {
  if (ctx.actor.id === null) return [];
  const { warning } = await ask(ctx, { module: notifyModule, name: 'contacts', verb: notify.verbs.contacts }, {});
  if (warning === null) return [];
  return [
    {
      key: 'contacts',
      kind: 'contactUntested',
      state: 'unknown',
      record: null,
      title: 'Your own contacts',
      weight: null,
      dueAt: null,
      reasons: [said(warning)],
      action: opening('Send a test', '/settings/contacts', null),
    },
  ];
};

export const SOURCES: readonly Source[] = [
  pages,
  troubledPaging,
  unanswered,
  runningIncidents,
  openAlerts,
  waitingReviews,
  dueActions,
  rotasAhead,
  ownHandovers,
  uncoveredServices,
  silentChecks,
  ownContacts,
];
