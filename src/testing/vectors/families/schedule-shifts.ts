import { clip } from '#kernel/spans.ts';
import { dutyOf, onCallAt, resolve } from '#capabilities/rotas/rules/index.ts';
import { fieldsOf, required, textOf } from '../case.ts';
import type { Answers, Family } from '../case.ts';
import { DAY, listOf, overrideOf, rotaOf, steady } from './rota-cases.ts';

type Given = Readonly<Record<string, unknown>>;

/** Overrides applied to people who are on call, asked inside or outside of their window. */
function applied(given: Given): Answers {
  const [start, end] = ['2024-01-01T03:05:00Z', '2024-01-01T03:06:00Z'];
  const people = Array.isArray(given['on_call']) ? given['on_call'].map((one) => textOf(one)) : [];
  const rota = {
    layers: people.map((user) => steady(user, user, { zone: 'UTC' })),
    overrides: listOf(given['overrides']).map((one, i) => overrideOf({ ...one, start, end }, `override ${i}`)),
  };
  const asked = given['active'] === true ? [required(start)] : [required(start) - 60_000, required(end)];
  const answers = asked.map((at) => (onCallAt(rota, at)?.people ?? []).toSorted());
  return { on_call_after: given['active'] === true ? answers[0] : answers.every((one) => one.join() === answers[0]?.join()) ? people : answers };
}

export const scheduleShifts: Family = {
  family: 'schedule-shifts',
  answer({ given }) {
    if (given['on_call'] !== undefined) return applied(given);
    const asked = fieldsOf(given['window']);
    const window = { from: required(asked['from']), until: required(asked['to']) };
    const duties = dutyOf(resolve({ ...rotaOf(given), window: { from: window.from, until: window.until + DAY } }));
    const shifts = [...duties].flatMap(([user, own]) =>
      own.flatMap(({ from, until }) => clip([{ from, until, value: null }], window).map((part) => ({ user, start: part.from, end: part.until, truncated: until > window.until }))),
    );
    return { shifts: shifts.toSorted((a, b) => a.start - b.start || (a.user < b.user ? -1 : 1)) };
  },
};
