import { instantOf } from '#kernel/zoned.ts';
import type { Rotation } from './handoffs.ts';
import type { Hours } from './hours.ts';
import type { Layer } from './shapes.ts';

/** A local time `2026-03-02T09:00` in a zone as an instant; the first of two, the first after a gap. */
export function instantOfLocal(zone: string, local: string): number {
  return instantOf(zone, Date.parse(`${local}:00Z`), 'first');
}

/** A layer as it is stored and as the API gives it: people as ids, group by group. */
export interface WrittenLayer {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly kind: Rotation['type'];
  readonly length: number;
  readonly start: string;
  readonly zone: string | null;
  readonly people: readonly (readonly string[])[];
  readonly hours: readonly Hours[];
  readonly turns: 'kept' | 'calendar';
  readonly shadow: boolean;
  readonly onHolidays: 'as usual' | 'off' | 'only';
  readonly firstTurn: number;
  readonly fromAt: string | null;
  readonly untilAt: string | null;
}

/** The same as the engine reads it. */
export function layerFrom(rotaZone: string, written: WrittenLayer): Layer {
  const { id, name, priority, kind, length, start, people, hours, turns, shadow, onHolidays, firstTurn, fromAt, untilAt } = written;
  const zone = written.zone ?? rotaZone;
  return {
    id,
    name,
    priority,
    people,
    hours,
    turns,
    shadow,
    onHolidays,
    firstTurn,
    rotation: { type: kind, length, zone, start: instantOfLocal(zone, start) },
    from: fromAt === null ? null : Date.parse(fromAt),
    until: untilAt === null ? null : Date.parse(untilAt),
  };
}
