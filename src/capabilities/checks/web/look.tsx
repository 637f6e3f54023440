import { StatusText, type State } from '#web/ui/Status.tsx';
import { UptimeBars, type UptimeDay } from '#web/ui/UptimeBars.tsx';
import type { Out } from '#kernel/contract.ts';
import type { Check, CheckLine, checks } from '../contract/index.ts';
import { words } from './words.ts';

export type Detail = Out<(typeof checks)['verbs']['get']>;

export const LOOK: Readonly<Record<Check['state'], State>> = {
  new: 'info',
  up: 'good',
  late: 'warning',
  down: 'critical',
  unreachable: 'unknown',
  maintenance: 'info',
  paused: 'unknown',
  unknown: 'unknown',
};

export const CheckState = ({ check }: { readonly check: Pick<Check, 'state'> }) => <StatusText state={LOOK[check.state]}>{words.states[check.state]}</StatusText>;

/** "99.86 %"; a share that is not whole never reads as 100 %. */
export function percent(share: number | null): string {
  if (share === null) return 'no data';
  const cut = Math.floor(share * 10_000) / 100;
  return `${share === 1 ? '100' : cut.toFixed(2)} %`;
}

// Below this share a day counts as down, not only impaired: half an hour of 24.
const DOWN = 0.98;

export function daysOf(uptime: Pick<Detail['uptime'], 'days'>, most: number): readonly UptimeDay[] {
  return uptime.days.slice(-most).map(({ day, share, downMinutes }) => ({
    day,
    state: share === null ? 'unknown' : share === 1 ? 'good' : share < DOWN ? 'critical' : 'warning',
    says: share === null ? 'no data' : downMinutes ? `${downMinutes} min down` : share === 1 ? 'good' : percent(share),
  }));
}

/** Thirty days in the width of a table cell. */
export const MiniUptime = ({ uptime }: { readonly uptime: NonNullable<CheckLine['uptime']> }) => (
  <span className="minup">
    <UptimeBars label={`Uptime of the last 30 days: ${percent(uptime.share)}`} days={daysOf(uptime, 30)} />
  </span>
);

export const measuredTitle = (name: string): string => words.measured[name]?.[0] ?? name;

/** What a run measured, as `12 days left of the certificate`, `load 0.25`. */
export function measuredWords({ status, measured }: { readonly status: number | null; readonly measured: Readonly<Record<string, number>> }): readonly string[] {
  const said = Object.entries(measured).map(([name, value]) => {
    const [, behind] = words.measured[name] ?? [];
    const figure = Math.round(value * 100) / 100;
    return behind ? `${figure} ${behind}` : `${name} ${figure}`;
  });
  return [...(status === null ? [] : [`status ${status}`]), ...said];
}

export const tookWords = (took: number | null): string => (took === null ? '–' : took < 10_000 ? `${took} ms` : `${(took / 1000).toFixed(1)} s`);
