import { alertAfter, fallOf, outagesOf, telling, type Counted, type Heartbeat, type Stored } from '#capabilities/checks/rules/index.ts';
import { fieldsOf, numberOf, textOf } from '../case.ts';
import type { Answers, Family } from '../case.ts';

type Given = Readonly<Record<string, unknown>>;
const HOUR = 3_600_000;
const NOW = Date.UTC(2020, 0, 15);

/** The defaults of the source: a ping a day, an hour of grace. */
function fallen(given: Given): Answers {
  const lastPing = NOW - numberOf(given['last_ping_hours_ago'], 0) * HOUR;
  const check: Heartbeat = { stored: given['stored'] as Heartbeat['stored'], expects: { kind: 'simple', periodMs: 24 * HOUR }, graceMs: HOUR, lastPing, lastStart: null };
  const outcome = fallOf(check, lastPing + numberOf(given['alert_after_hours'], 0) * HOUR, NOW);
  const since = (at: number) => `last_ping+${(at - lastPing) / HOUR}h`;
  if ('falls' in outcome) return { flip: { to: 'down', at: since(outcome.falls), reason: 'timeout' }, stored: 'down', alert_after: alertAfter({ ...check, stored: 'down' }) };
  return { flip: null, stored: check.stored, alert_after: outcome.waits === null ? null : since(outcome.waits) };
}

function told(given: Given, channels: unknown): Answers {
  const [from, to] = [textOf(given['from']) as Stored, textOf(given['to']) as Stored];
  const what = telling({ stored: from, told: from === 'down' }, to, false);
  return { notify: what === 'wentDown' || what === 'cameUp' ? channels : [] };
}

export const heartbeatFlips: Family = {
  family: 'heartbeat-flips',
  answer({ given }) {
    if (given['check'] !== undefined) return fallen(fieldsOf(given['check']));
    if (given['flip'] !== undefined) return told(fieldsOf(given['flip']), given['channels']);
    const turns = (given['flips'] as readonly unknown[]).map(fieldsOf).map((flip) => ({ at: numberOf(flip['minute'], 0), countsAs: textOf(flip['to']) as Counted, reason: '' }));
    const [outage] = outagesOf(turns);
    return { down_minutes: outage && outage.until !== null ? outage.until - outage.from : null };
  },
};
