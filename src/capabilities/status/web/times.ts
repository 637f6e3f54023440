import { instantOf, wallOf } from '#web/ui/time.ts';

const two = (n: number) => String(n).padStart(2, '0');

/** An instant as the wall clock of the zone, for an input. */
export function localOf(at: number | string, zone: string): string {
  const { year, month, day, hour, minute } = wallOf(at, zone);
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** The instant of what an input for local time holds; nothing when it is empty. */
export function instantFrom(local: string, zone: string): string | undefined {
  const [, year, month, day, hour, minute] = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(local) ?? [];
  if (year === undefined) return undefined;
  return new Date(instantOf({ year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute), second: 0 }, zone)).toISOString();
}
