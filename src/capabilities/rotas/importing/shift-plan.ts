import { iso } from '#kernel/clock.ts';
import { Unreadable } from '#kernel/foreign.ts';
import { invalidField } from '#kernel/problem.ts';
import type { ShiftPlan } from '../contract/moving.ts';
import { readShifts, type FoundShifts } from './calendar-shifts.ts';
import { whoIsWho, type Seer } from './who.ts';

const AHEAD = 100 * 86_400_000;
/** As many as temporary shifts may be. */
const MOST = 200;

/** What the shifts of a calendar come to in a rota; reads only. */
export async function planShifts(
  ctx: Seer,
  zone: string,
  { text, people: said }: { readonly text: string; readonly people: Readonly<Record<string, string>> },
): Promise<ShiftPlan> {
  const found = read(text, { from: ctx.now, until: ctx.now + AHEAD, zone });
  const who = await whoIsWho(ctx, found.people, said);
  const names = new Map(found.people.map(({ key, name }) => [key, name]));
  const shifts = found.shifts.map(({ from, until, person }) => ({
    from: iso(Math.max(from, ctx.now)),
    until: iso(until),
    name: names.get(person) ?? person,
    person: who.get(person) ?? null,
  }));
  const unknown = found.people.filter(({ key }) => !who.has(key)).map(({ name }) => name);
  return {
    from: shifts.length > 0 ? iso(ctx.now) : null,
    until: shifts.length > 0 ? iso(Math.max(...found.shifts.map(({ until }) => until))) : null,
    shifts: shifts.slice(0, MOST),
    people: found.people.map((one) => ({ ...one, person: who.get(one.key) ?? null })),
    notes: [...found.notes],
    because: refusalOf(shifts.length, unknown),
  };
}

function read(text: string, within: Parameters<typeof readShifts>[1]): FoundShifts {
  try {
    return readShifts(text, within);
  } catch (error) {
    if (error instanceof Unreadable) throw invalidField('text', error.message);
    throw error;
  }
}

function refusalOf(count: number, unknown: readonly string[]): string | null {
  if (count === 0) return 'No shift lies within the next 100 days.';
  if (count > MOST) return `It has ${count} shifts within 100 days. At most ${MOST} are taken over at once: export a shorter time.`;
  if (unknown.length > 0)
    return `Say who ${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ` and ${unknown.length - 3} more` : ''} ${unknown.length === 1 ? 'is' : 'are'} here, or invite them first.`;
  return null;
}
