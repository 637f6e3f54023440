import { iso } from '#kernel/clock.ts';
import type { Write } from '#kernel/desk.ts';
import type { Bound } from '../rules/bind.ts';
import { cut } from '../rules/cut.ts';
import type { Decision } from '../rules/decide.ts';
import { isFlapping, resolvesAt } from '../rules/flapping.ts';
import type { Episode } from '../rules/fold.ts';
import { routed, type Routing } from '../rules/options.ts';
import type { NewAlert } from '../store/index.ts';
import type { Member } from './grouping.ts';
import { bindingFor, type Origin, type Service } from './setting.ts';

/** A new alert between its record and its row. */
export interface Newcomer extends Member {
  readonly number: string;
  readonly episode: Episode;
  readonly bound: Bound;
}

/** Binds new alerts to what they are about and gives them their records, all in one statement. */
export async function openNewcomers(
  ctx: Write,
  { origin, routing }: { readonly origin: Origin; readonly routing: Routing },
  episodes: readonly Episode[],
): Promise<readonly Newcomer[]> {
  if (episodes.length === 0) return [];
  const about = episodes.map(({ first }) => ({ labels: first!.labels, about: first!.details, origin: first!.source }));
  const { bind, services } = await bindingFor(ctx, origin.fallbackId, about);
  const bound = about.map(bind);
  const records = await ctx.openMany(
    'alert',
    episodes.map(({ first }, place) => ({
      title: titleOf(first!.summary),
      words: cut([first!.source, ...Object.values(first!.labels)].join(' '), 2000),
      teamId: services.get(bound[place]!.serviceId ?? '')?.teamId ?? null,
      did: 'alert.opened',
      data: { severity: episodes[place]!.severity, service: bound[place]!.serviceId, source: origin.sourceId, began: iso(first!.startsAt ?? ctx.now) },
    })),
  );
  return episodes.map((episode, place) => {
    const signal = episode.first!;
    const { serviceId, componentId, because } = bound[place]!;
    const labels = { ...signal.labels, ...extraOf(origin, episode, services.get(serviceId ?? '')) };
    return {
      id: records[place]!.id,
      number: records[place]!.number,
      title: titleOf(signal.summary),
      severity: episode.severity,
      serviceId,
      nodeId: componentId ?? serviceId,
      because,
      labels,
      openedAt: ctx.now,
      routed: routed(routing, labels, episode.severity),
      firings: episode.firings,
      over: episode.state === 'resolved',
      taken: episode.state === 'acknowledged',
      episode,
      bound: bound[place]!,
    };
  });
}

function titleOf(summary: string): string {
  return cut(summary, 200) || 'Alert without a title';
}

/** Labels that the desk adds for its stages; those of a service are the catalog's, whatever the sender wrote. */
function extraOf(origin: Origin, { first, key, severity }: Episode, service: Service | undefined): Record<string, string> {
  const { labels } = first!;
  return {
    severity,
    source: origin.sourceName,
    alertname: labels['alertname'] || labels['class'] || key,
    ...(service ? { service: service.slug, tier: String(service.tier), team: service.team } : {}),
  };
}

/** The row of a new alert as the stages left it. */
export function rowOf(
  ctx: Write,
  origin: Origin,
  { newcomer, decision, groupId }: { readonly newcomer: Newcomer; readonly decision: Decision; readonly groupId: string },
): NewAlert {
  const { episode, bound, labels } = newcomer;
  const signal = episode.first!;
  const at = iso(ctx.now);
  return {
    id: newcomer.id,
    sourceId: origin.sourceId,
    dedupKey: episode.key,
    state: episode.state,
    severity: newcomer.severity,
    serviceId: bound.serviceId,
    componentId: bound.componentId,
    serviceBecause: bound.because,
    origin: signal.source,
    labels: { ...signal.labels },
    extra: Object.fromEntries(Object.entries(labels).filter(([name, value]) => signal.labels[name] !== value)),
    details: { ...signal.details },
    links: signal.links.map((link) => ({ ...link })),
    link: signal.link,
    openedAt: at,
    startsAt: signal.startsAt === null ? null : iso(signal.startsAt),
    lastSignalAt: at,
    signalCount: episode.signals,
    acknowledgedAt: episode.acknowledged ? at : null,
    resolvedAt: episode.state === 'resolved' ? at : null,
    groupId,
    reopens: episode.reopens,
    reopenedAt: episode.reopenedAt === null ? null : iso(episode.reopenedAt),
    calmSignals: episode.calmSignals,
    calmSince: episode.calmSince === null ? null : iso(episode.calmSince),
    ...staged(decision, calmUntil(ctx, episode)),
  };
}

/** When an alert whose sender says that it is over is resolved, epoch ms; null while it fires. */
export function calmUntil(ctx: Write, episode: Episode): number | null {
  return episode.calmSince === null ? null : resolvesAt(episode, episode.options, isFlapping(episode, ctx.now));
}

/** What is kept of a decision. It is looked at again when the hold ends, or when it was calm for long enough. */
export function staged({ outcome, routed: { rule }, held, verdicts }: Decision, calm: number | null) {
  const waits = [held?.until ?? null, calm].filter((one) => one !== null);
  return {
    outcome,
    ruleName: rule?.name ?? '',
    held: held?.why ?? null,
    heldBy: held?.by ?? null,
    wakeAt: waits.length === 0 ? null : iso(Math.min(...waits)),
    verdicts: [...verdicts],
  };
}
