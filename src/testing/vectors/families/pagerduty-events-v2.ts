import { apply } from '#capabilities/alerts/rules/index.ts';
import type { AlertState } from '#capabilities/alerts/rules/index.ts';
import { answer, read, readText, senderRetries } from '#capabilities/alerts/formats/pagerduty.ts';
import { fieldsOf, textOf } from '../case.ts';
import type { Answers, Family } from '../case.ts';

const made = 'made-by-the-desk';

/** "k32" stands for a routing key of the right length. */
function requestOf(given: unknown): unknown {
  const request = fieldsOf(given);
  return request['routing_key'] === 'k32' ? { ...request, routing_key: 'k'.repeat(32) } : given;
}

export const pagerdutyEvents: Family = {
  family: 'pagerduty-events-v2',
  answer({ given }): Answers {
    if (typeof given['status'] === 'number') return { retry: senderRetries(given['status']) };
    const reading = typeof given['raw'] === 'string' ? readText(given['raw']) : read(requestOf(given['request']));
    if ('problem' in reading) {
      const { status, body } = answer(reading.problem);
      return { http: status, body, effect: 'rejected' };
    }
    const [signal] = reading.signals;
    const existing = textOf(given['existing'], 'none');
    const { effect } = apply(existing === 'none' ? null : { state: existing as AlertState }, signal);
    const { status, body } = answer({ kind: 'accepted', key: signal.key ?? made });
    const own = body['dedup_key'] === fieldsOf(given['request'])['dedup_key'];
    // The cases write <key> for whichever key the answer must carry.
    const shown = textOf(body['dedup_key']) === '' ? body : { ...body, dedup_key: '<key>' };
    return { http: status, body: shown, effect, key: own ? 'given' : 'generated' };
  },
};
