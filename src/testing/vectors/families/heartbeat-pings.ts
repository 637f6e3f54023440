import { applyPing, pingPath } from '#capabilities/checks/rules/index.ts';
import type { PingedCheck, PingKind, PingRequest } from '#capabilities/checks/rules/index.ts';
import { fieldsOf, numberOf, textOf } from '../case.ts';
import type { Answers, Family } from '../case.ts';

type Given = Readonly<Record<string, unknown>>;

const NOW = Date.UTC(2020, 0, 15);
const other = '(other) ';
const ownId = '11111111-1111-4111-8111-111111111111';
const kinds: Readonly<Record<PingKind, string | null>> = { success: null, start: 'start', fail: 'fail', log: 'log', ignored: 'ign' };

/** The cases write A and B where the source has random UUIDs. */
function runId(text: unknown): string | null {
  if (typeof text !== 'string') return null;
  return /^[A-Z]$/.test(text) ? `00000000-0000-4000-8000-${text.charCodeAt(0).toString(16).padStart(12, '0')}` : text;
}

function ago(seconds: unknown): number | null {
  return typeof seconds === 'number' ? NOW - seconds * 1000 : null;
}

function checkOf(given: Given): PingedCheck {
  return {
    stored: given['stored'] as PingedCheck['stored'],
    expects: { kind: 'simple', periodMs: numberOf(given['timeout_seconds'], 86_400) * 1000 },
    graceMs: numberOf(given['grace_seconds'], 3600) * 1000,
    lastPing: ago(given['last_ping_ago_seconds']),
    lastStart: ago(given['last_start_ago_seconds']),
    lastRunId: runId(given['last_start_rid']),
    lastDurationMs: null,
    manualResume: given['manual_resume'] === true,
    methods: given['methods'] === 'POST' ? 'POST' : 'any',
    filterBody: given['filter_http_body'] === true,
    successWords: textOf(given['success_kw']),
    failureWords: textOf(given['failure_kw']),
    startWords: textOf(given['start_kw']),
    otherwise: given['filter_default_fail'] === true ? 'fail' : 'ignore',
  };
}

/** Null: the address is not that of the check in the case. */
function pathOf(suffix: string): string | null {
  const found = pingPath(suffix.startsWith(other) ? suffix.slice(other.length) : `/ping/${ownId}${suffix}`);
  return found?.checkId === ownId ? found.path : null;
}

export const heartbeatPings: Family = {
  family: 'heartbeat-pings',
  answer({ given }): Answers {
    const before = checkOf(fieldsOf(given['check']));
    const asked = fieldsOf(given['request']);
    const path = pathOf(textOf(asked['path']));
    if (path === null) return { http: 404 };
    const request: PingRequest = { path, method: textOf(asked['method'], 'GET'), body: textOf(asked['body']), runId: runId(asked['rid']) };
    const outcome = applyPing(before, request, NOW);
    if (outcome.http !== 200) return { http: outcome.http };
    const { check, ping, flip } = outcome;
    const duration = check.lastDurationMs === null ? null : check.lastDurationMs / 1000;
    const floor = fieldsOf(given['check'])['last_start_ago_seconds'];
    return {
      http: outcome.http,
      body: outcome.answer,
      stored: check.stored,
      ping_kind: kinds[ping.kind],
      exit_status: ping.exitStatus,
      stored_body: ping.body,
      flip: flip === null ? null : { to: flip.to, reason: flip.reason ?? '' },
      alert_after: outcome.alertAfter,
      alert_after_seconds: outcome.alertAfter === null ? null : (outcome.alertAfter - NOW) / 1000,
      last_start: check.lastStart,
      last_start_set: check.lastStart === NOW,
      last_start_changed: check.lastStart !== before.lastStart,
      last_ping_changed: check.lastPing !== before.lastPing,
      last_ping_set: check.lastPing === NOW,
      last_duration: duration,
      last_duration_at_least_seconds: duration !== null && duration >= numberOf(floor, 0) ? floor : null,
      rid: ping.runId,
    };
  },
};
