import { alertAfter, settledStatusOf, statusOf } from '#capabilities/checks/rules/index.ts';
import type { Expectation, Heartbeat } from '#capabilities/checks/rules/index.ts';
import { instant, numberOf, required, textOf } from '../case.ts';
import type { Family } from '../case.ts';

type Given = Readonly<Record<string, unknown>>;

function expectation(given: Given): Expectation {
  if (given['kind'] === 'cron' || given['kind'] === 'oncalendar') {
    return { kind: given['kind'] === 'cron' ? 'cron' : 'calendar', text: textOf(given['schedule']), zone: textOf(given['time_zone'], 'UTC') };
  }
  return { kind: 'simple', periodMs: numberOf(given['timeout_seconds'], 86_400) * 1000 };
}

export const heartbeatStatus: Family = {
  family: 'heartbeat-status',
  answer({ given }) {
    const check: Heartbeat = {
      stored: given['stored'] as Heartbeat['stored'],
      expects: expectation(given),
      graceMs: numberOf(given['grace_seconds'], 3600) * 1000,
      lastPing: instant(given['last_ping']),
      lastStart: instant(given['last_start']),
    };
    const now = required(given['now']);
    return { status: statusOf(check, now), status_without_started: settledStatusOf(check, now), alert_after: alertAfter(check) };
  },
};
