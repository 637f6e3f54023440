import type { Alert, AlertGroup } from '../../contract/index.ts';

/** A line of the list: one alert, or a group by the alert that stands for it. */
export interface Line extends Pick<Alert, 'state' | 'severity' | 'held'> {
  readonly key: string;
  readonly alert: Alert;
  readonly group: AlertGroup | null;
  readonly at: string;
}

export const lineOfGroup = (group: AlertGroup): Line => ({
  key: group.id,
  alert: group.alert,
  group: group.count > 1 ? group : null,
  state: group.state,
  severity: group.severity,
  held: group.held,
  at: group.lastAt,
});

export const lineOfAlert = (alert: Alert): Line => ({ key: alert.id, alert, group: null, state: alert.state, severity: alert.severity, held: alert.held, at: alert.openedAt });

/** Why the key does nothing on this line; undefined when it does. */
export function refuseKey(deed: 'acknowledge' | 'resolve', { alert, group, state }: Line): string | undefined {
  if (group && !group.isLed && group.open > 1) return `Nobody was paged about these ${group.count} alerts, so none stands for all. Open them and answer each.`;
  if (state === 'resolved') return `${alert.number} is resolved already.`;
  if (deed === 'acknowledge' && state === 'acknowledged') return `${alert.number} is acknowledged already.`;
  if (deed === 'resolve' && alert.state === 'resolved') return `${alert.number} is resolved already; others of its group still fire.`;
  return undefined;
}
