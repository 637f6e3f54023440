import { judge, refuseCondition, type Observation } from '#capabilities/checks/rules/index.ts';
import { fieldsOf, textOf } from '../case.ts';
import type { Family } from '../case.ts';

function observationOf(result: Readonly<Record<string, unknown>>): Observation {
  const number = (name: string) => (typeof result[name] === 'number' ? result[name] : undefined);
  const hours = number('certificate_expires_in_hours');
  return {
    status: number('status'),
    ip: textOf(result['ip']),
    body: textOf(result['body']),
    durationMs: number('duration_ms'),
    connected: result['connected'] === true,
    certificateMs: hours === undefined ? undefined : hours * 3_600_000,
  };
}

export const checkConditions: Family = {
  family: 'check-conditions',
  answer({ given }) {
    const condition = textOf(given['condition']);
    const shows = { failed: given['hide_failed_values'] !== true, passed: given['show_passed_values'] === true };
    const { passes, shown } = judge(condition, observationOf(fieldsOf(given['result'])), shows);
    return { valid: refuseCondition(condition) === undefined, pass: passes, shown };
  },
};
