import { bundled, newestOnly, nextAllowed, type LimitRule } from '#capabilities/notify/rules/index.ts';
import { fieldsOf, numberOf, required, textOf } from '../case.ts';
import type { Answers, Family } from '../case.ts';

interface Queued {
  readonly id: string;
  readonly createdAt: number;
  readonly type: string;
  readonly topic: string;
  readonly logId: number;
  readonly sent: boolean;
}

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] => (Array.isArray(value) ? value.map(fieldsOf) : []);
const instants = (value: unknown): readonly number[] => (Array.isArray(value) ? value.map(required) : []);

function queued(raw: Readonly<Record<string, unknown>>): Queued {
  return {
    id: textOf(raw['id']),
    createdAt: required(raw['created']),
    type: textOf(raw['type']),
    topic: raw['schedule'] === undefined ? `alert ${numberOf(raw['alert'], 0)}` : `schedule ${textOf(raw['schedule'])}`,
    logId: numberOf(raw['log_id'], 0),
    sent: raw['sent'] !== undefined,
  };
}

function rulesOf(value: unknown): readonly LimitRule[] {
  return listOf(value).map((raw) => ({ count: numberOf(raw['count'], 0), perMs: numberOf(raw['per_seconds'], 0) * 1000, smooth: raw['smooth'] === true }));
}

/** What was sent already stays; of the rest the newest of each topic does. */
function newest(messages: readonly Queued[], type: string, rankOf: (one: Queued) => number): Answers {
  const { kept, outdated } = newestOnly(messages, (one) => (one.type === type && !one.sent ? one.topic : null), rankOf);
  return { drop: outdated.map((one) => one.id), keep: kept.map((one) => one.id), ordered: true };
}

/** The source asks once a minute. */
function polled(rules: readonly LimitRule[], given: Readonly<Record<string, unknown>>, wanted: number): readonly number[] {
  const sent = [...instants(given['sent'])];
  const step = numberOf(given['poll_seconds'], 60) * 1000;
  const found: number[] = [];
  for (let now = required(given['now']); found.length < wanted; now += step) {
    if (nextAllowed(rules, sent, now) > now) continue;
    found.push(now);
    sent.push(now);
  }
  return found;
}

export const notificationQueue: Family = {
  family: 'notification-queue',
  answer({ given, expect }) {
    const messages = listOf(given['messages']).map(queued);
    const rules = rulesOf(given['rules']);
    switch (given['op']) {
      case 'dedup_status':
        return newest(messages, 'alert_status', (one) => one.logId);
      case 'dedup_oncall':
        return newest(messages, 'on_call', (one) => one.createdAt);
      case 'bundle_alert': {
        const [bundle] = bundled(messages, (one) => one.type);
        const id = textOf(given['new_bundle_id']);
        const ids = messages.map((one) => one.id);
        const all = bundle ? [bundle.first, ...bundle.others].map((one) => one.id) : [];
        return { keep: [id], bundled_into: { [id]: ids.filter((one) => all.includes(one)) }, bundle_created: bundle?.first.createdAt };
      }
      case 'throttle_next':
        return { next: polled(rules, given, Array.isArray(expect['next']) ? expect['next'].length : 0) };
      default: {
        const times = instants(given['times']);
        return { all_allowed: times.every((at, index) => nextAllowed(rules, times.slice(0, index), at) <= at) };
      }
    }
  },
};
