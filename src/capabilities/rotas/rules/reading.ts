import { instantOf } from '#kernel/zoned.ts';
import type { Rotation } from './handoffs.ts';
import type { Hours } from '#kernel/weekly.ts';
import type { Layer, Rota } from './shapes.ts';

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

interface Named {
  readonly id: string;
}
interface Times {
  readonly id: string;
  readonly from: string;
  readonly until: string;
}

/** What the API says of the changes in a window. */
export interface WrittenChanges {
  readonly overrides: readonly (Times & {
    readonly kind: 'replace' | 'add' | 'remove';
    readonly person: Named | null;
    readonly instead: Named | null;
    readonly layerId: string | null;
    readonly madeAt: string;
  })[];
  readonly swaps: readonly (Times & {
    readonly by: Named | null;
    readonly takenBy: Named | null;
    readonly takenAt: string | null;
    readonly inReturn: { readonly from: string; readonly until: string } | null;
  })[];
  readonly temporaries: readonly (Times & {
    readonly shifts: readonly { readonly person: Named | null; readonly from: string; readonly until: string }[];
    readonly madeAt: string;
  })[];
  readonly absences: readonly (Times & { readonly person: Named })[];
  readonly holidays: readonly { readonly day: string }[];
}

const timesOf = ({ from, until }: { readonly from: string; readonly until: string }) => ({ from: Date.parse(from), until: Date.parse(until) });

/** A rota as the API gives it, as the engine reads it: so that a page computes by the rules of the server what an edit would do. */
export function rotaFrom(zone: string, layers: readonly (Omit<WrittenLayer, 'people'> & { readonly people: readonly (readonly Named[])[] })[], changes: WrittenChanges): Rota {
  return {
    layers: layers.map((layer) => layerFrom(zone, { ...layer, people: layer.people.map((group) => group.map(({ id }) => id)) })),
    overrides: changes.overrides.map(({ id, kind, person, instead, layerId, madeAt, ...times }) => ({
      id,
      kind,
      personId: person?.id ?? null,
      insteadId: instead?.id ?? null,
      layerId,
      madeAt: Date.parse(madeAt),
      ...timesOf(times),
    })),
    swaps: changes.swaps.flatMap(({ id, by, takenBy, takenAt, inReturn, ...times }) =>
      by ? [{ id, by: by.id, takenBy: takenBy?.id ?? null, inReturn: inReturn ? timesOf(inReturn) : null, madeAt: takenAt ? Date.parse(takenAt) : 0, ...timesOf(times) }] : [],
    ),
    temporaries: changes.temporaries.map(({ id, shifts, madeAt, ...times }) => ({
      id,
      shifts: shifts.flatMap((shift) => (shift.person ? [{ personId: shift.person.id, ...timesOf(shift) }] : [])),
      madeAt: Date.parse(madeAt),
      ...timesOf(times),
    })),
    absences: changes.absences.map(({ id, person, ...times }) => ({ id, personId: person.id, ...timesOf(times) })),
    holidays: changes.holidays.map(({ day }) => day),
  };
}
