import { worse } from './groups.ts';
import { inhibitedBy, type Firing } from './inhibition.ts';
import { routed, type Routing } from './options.ts';
import { groupValues } from './routing.ts';
import type { Severity } from './severity.ts';

/** An alert of the past; instants in epoch ms, `resolvedAt` null while it fires. */
export interface PastAlert extends Firing {
  readonly severity: Severity;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  readonly signalCount: number;
}

/** `joined`: told by the page of its group. `silent`: over before anybody was told, too few signals, or explained by another. */
export type Fate = 'page' | 'joined' | 'ticket' | 'log' | 'silent';

export interface Tried {
  readonly fate: Fate;
  readonly rule: string;
}

interface LiveGroup {
  readonly members: { readonly until: number }[];
  worst: Severity;
}

/**
 * What rules would have made of past alerts, given in the order in which they opened. Mutes and what the catalog
 * explained are left out: they are of their day. Signals count as one by one, however fast they came.
 */
export function tryRouting(routing: Routing, alerts: readonly PastAlert[]): ReadonlyMap<string, Tried> {
  const groups = new Map<string, LiveGroup>();
  const sources: PastAlert[] = [];
  const tried = new Map<string, Tried>();
  for (const alert of alerts) {
    const way = routed(routing, alert.labels, alert.severity);
    const rule = way.rule?.name ?? '';
    const firing = sources.filter((one) => (one.resolvedAt ?? Infinity) > alert.openedAt);
    if (routing.inhibit.length > 0) sources.push(alert);
    if (way.outcome === 'log') tried.set(alert.id, { fate: 'log', rule });
    else if (inhibitedBy(routing.inhibit, firing, alert) || isSilent(alert, way.options)) tried.set(alert.id, { fate: 'silent', rule });
    else {
      const key = JSON.stringify([way.rule?.id, way.outcome, way.options.policy, groupValues(alert.labels, way.options.groupBy)]);
      const first = joins(groups, key, alert);
      tried.set(alert.id, { fate: !first ? 'joined' : way.outcome, rule });
    }
  }
  return tried;
}

function isSilent({ openedAt, resolvedAt, signalCount }: PastAlert, { holdSeconds, openAfter }: { holdSeconds: number; openAfter: number }): boolean {
  return signalCount < openAfter || (holdSeconds > 0 && resolvedAt !== null && resolvedAt < openedAt + holdSeconds * 1000);
}

/** Whether the alert is the first of its group, or worse than what was told. */
function joins(groups: Map<string, LiveGroup>, key: string, { openedAt, resolvedAt, severity }: PastAlert): boolean {
  const live = groups.get(key);
  const until = resolvedAt ?? Infinity;
  if (!live?.members.some((one) => one.until > openedAt)) {
    groups.set(key, { members: [{ until }], worst: severity });
    return true;
  }
  live.members.push({ until });
  if (!worse(severity, live.worst)) return false;
  live.worst = severity;
  return true;
}

/** How many alerts met each fate. */
export function fates(tried: Iterable<Tried>): Readonly<Record<Fate, number>> {
  const counts: Record<Fate, number> = { page: 0, joined: 0, ticket: 0, log: 0, silent: 0 };
  for (const { fate } of tried) counts[fate] += 1;
  return counts;
}
