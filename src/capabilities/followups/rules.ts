import { addDays, clockOfDay, weekday } from '#kernel/zoned.ts';

export type ActionState = 'open' | 'done' | 'dropped';

const NOON = 12 * 3_600_000;
const MORNING = { clock: '09:00', which: 'first' } as const;
const WEEK = 7 * 86_400_000;

/** Monday to Friday. */
function isWorkingDay(date: string): boolean {
  return weekday('UTC', Date.parse(`${date}T00:00:00Z`) + NOON) <= 5;
}

/** So many working days after a date (before it when negative); weekends are not counted, holidays are not known. */
export function addWorkingDays(date: string, days: number): string {
  const step = days < 0 ? -1 : 1;
  let day = date;
  for (let left = Math.abs(days); left > 0;) {
    day = addDays(day, step);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** Today as dates are compared on the desk: in UTC, the same for everybody. */
export function today(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

export function isOverdue(action: { readonly state: ActionState; readonly dueOn: string | null }, now: number): boolean {
  return action.state === 'open' && action.dueOn !== null && action.dueOn < today(now);
}

/** When the owner is reminded: 09:00 of the owner's clock one working day before, and on the day after when it is overdue. */
export function remindersOf(dueOn: string, zone: string): { readonly soonAt: number; readonly lateAt: number } {
  return { soonAt: clockOfDay(zone, addWorkingDays(dueOn, -1), MORNING), lateAt: clockOfDay(zone, addDays(dueOn, 1), MORNING) };
}

/** An overdue action is brought up again each week until it is done, dropped or given another day. */
export function nextLateAt(now: number): number {
  return now + WEEK;
}

export function refuseClosed(state: ActionState): string | undefined {
  if (state === 'done') return 'This action is done. Reopen it first.';
  if (state === 'dropped') return 'This action was dropped. Reopen it first.';
  return undefined;
}

export function refuseReopening(state: ActionState): string | undefined {
  return state === 'open' ? 'This action is open already.' : undefined;
}

export function refuseJudging(state: ActionState): string | undefined {
  return state === 'done' ? undefined : 'Whether it helped is asked once it is done.';
}

/** When the owner of a done action is asked whether it helped: long enough for the factor to have come back. */
export function askedAt(doneAt: number): number {
  return doneAt + 4 * WEEK;
}

/** What an action of a review lacks, as a sentence; nothing when it has an owner and a day. */
export function lackOf(action: { readonly number: string; readonly state: ActionState; readonly hasOwner: boolean; readonly dueOn: string | null }): string | undefined {
  if (action.state !== 'open' || (action.hasOwner && action.dueOn !== null)) return undefined;
  const lacks = [action.hasOwner ? [] : ['an owner'], action.dueOn === null ? ['a due day'] : []].flat();
  return `${action.number} needs ${lacks.join(' and ')}.`;
}
