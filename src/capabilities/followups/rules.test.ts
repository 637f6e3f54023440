import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays } from '#kernel/zoned.ts';
import { addWorkingDays, isOverdue, remindersOf } from './rules.ts';

const date = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));
const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();

describe('working days', () => {
  it('never end on a weekend, and go back by as many as they went', () => {
    fc.assert(
      fc.property(date, fc.integer({ min: 1, max: 60 }), (day, n) => {
        const end = addWorkingDays(day, n);
        assert.ok(![0, 6].includes(weekdayOf(end)));
        assert.ok(end > day);
        if (![0, 6].includes(weekdayOf(day))) assert.equal(addWorkingDays(end, -n), day);
      }),
    );
  });
  it('a week of five is seven days on the calendar', () => {
    fc.assert(
      fc.property(date, (day) => {
        if (![0, 6].includes(weekdayOf(day))) assert.equal(addWorkingDays(day, 5), addDays(day, 7));
      }),
    );
  });
});

describe('reminders', () => {
  it('come before and after the due day on the owner’s clock, never on it', () => {
    fc.assert(
      fc.property(date, fc.constantFrom('UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Pacific/Auckland'), (dueOn, zone) => {
        const { soonAt, lateAt } = remindersOf(dueOn, zone);
        assert.ok(soonAt < lateAt);
        assert.ok(lateAt - soonAt >= 47 * 3_600_000 && lateAt - soonAt <= 97 * 3_600_000);
      }),
    );
  });
  it('only an open action with a day gets overdue', () => {
    const now = Date.parse('2026-03-10T00:00:00Z');
    assert.equal(isOverdue({ state: 'open', dueOn: '2026-03-09' }, now), true);
    assert.equal(isOverdue({ state: 'open', dueOn: '2026-03-10' }, now), false);
    assert.equal(isOverdue({ state: 'done', dueOn: '2026-03-09' }, now), false);
    assert.equal(isOverdue({ state: 'open', dueOn: null }, now), false);
  });
});
