import { offsetAt } from '#kernel/zoned.ts';

const DAY = 86_400_000;

/** The day after which the clocks of a zone stand otherwise, within a year; undefined where they are never moved. */
export function changesOfClocks(zone: string, now: number): number | undefined {
  for (let day = 0; day < 366; day += 1) if (offsetAt(zone, now + day * DAY) !== offsetAt(zone, now + (day + 1) * DAY)) return now + day * DAY;
  return undefined;
}
