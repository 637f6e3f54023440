import { gaps } from '#kernel/spans.ts';
import { dutyOf, instantOfLocal, onCallAt, previewOf, resolve, type Layer, type OnCall, type Override, type Rota } from '#capabilities/rotas/rules/index.ts';
import { emptyShifts } from '#capabilities/rotas/rules/lookahead.ts';
import type { Span } from '#kernel/spans.ts';
import { fieldsOf, numberOf, required, textOf } from '../case.ts';
import type { Answers, Family } from '../case.ts';
import { clockOf, DAY, HOUR, listOf } from './rota-cases.ts';

type Given = Readonly<Record<string, unknown>>;

const START = Date.UTC(2030, 0, 7);
const hourOf = (at: number) => (at - START) / HOUR;

function shiftOf(one: Given, i: number): Layer {
  const start = numberOf(one['start_hour'], 0);
  return {
    id: `shift ${i}`,
    name: `shift ${i}`,
    priority: numberOf(one['priority'], 0),
    people: [[textOf(one['user'])]],
    hours: [{ days: ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'], from: clockOf(start * 60), until: clockOf((start + numberOf(one['hours'], 24)) * 60) }],
    rotation: { type: 'daily', length: 1, zone: 'UTC', start: START },
    from: START,
  };
}

function overrideOf(one: Given, i: number): Override {
  const from = START + numberOf(one['start_hour'], 0) * HOUR;
  // Among overrides the later wins here; a higher priority stands for a later one.
  return { id: `override ${i}`, personId: textOf(one['user']), from, until: from + numberOf(one['hours'], 0) * HOUR, madeAt: numberOf(one['priority'], 0) };
}

/** One entry for each person and time, with what put them there. */
function entries(rota: Rota, spans: readonly Span<OnCall>[]) {
  const byOverride = Map.groupBy(spans, ({ value }) => value.by !== 'layer');
  return [false, true].flatMap((override) =>
    [...dutyOf(byOverride.get(override) ?? [])].flatMap(([user, own]) =>
      own.map(({ from, until }) => ({
        start_hour: hourOf(from),
        hours: (until - from) / HOUR,
        user: user as string | null,
        priority: override ? 0 : (rota.layers.find(({ people }) => people[0]?.[0] === user)?.priority ?? 0),
        override,
        gap: false,
      })),
    ),
  );
}

function final(given: Given, rota: Rota): Answers {
  const [from = 0, until = 24] = Array.isArray(given['window_hours']) ? given['window_hours'].map(Number) : [];
  const window = { from: START + from * HOUR, until: START + until * HOUR };
  const proposed = given['proposed'] === undefined ? undefined : shiftOf(fieldsOf(given['proposed']), rota.layers.length);
  const after = proposed ? { ...rota, layers: [...rota.layers, proposed] } : rota;
  const spans = proposed ? previewOf(rota, after, { window, zone: 'UTC', holidays: [] }).after : resolve({ ...rota, window });
  const open =
    given['ignore_gaps'] === true
      ? []
      : gaps(window, spans).map((gap) => ({ start_hour: hourOf(gap.from), hours: (gap.until - gap.from) / HOUR, user: null, priority: 0, override: false, gap: true }));
  const all = [...entries(after, spans), ...open].toSorted((a, b) => a.start_hour - b.start_hour || ((a.user ?? '') < (b.user ?? '') ? -1 : 1));
  const asked = given['at_hour'];
  return { final: typeof asked === 'number' ? all.filter((one) => one.start_hour <= asked && one.start_hour + one.hours > asked) : all };
}

/** A weekly shift over a change of the clock. */
function weekly(given: Given): Answers {
  const zone = textOf(given['time_zone']);
  const asked = fieldsOf(given['weekly']);
  const length = numberOf(asked['days'], 7);
  const start = instantOfLocal(zone, textOf(asked['start_local']).slice(0, 16));
  // Two names, so that one shift ends where the next begins.
  const layer: Layer = { id: 'weekly', name: 'weekly', priority: 0, people: [['A'], ['B']], rotation: { type: 'daily', length, zone, start } };
  const at = required(given['contains']);
  const span = resolve({ layers: [layer], overrides: [], window: { from: at - 2 * length * DAY, until: at + 2 * length * DAY } }).find(
    ({ from, until }) => from <= at && at < until,
  );
  return { shift: [span?.from ?? null, span?.until ?? null] };
}

export const onCallLayers: Family = {
  family: 'on-call-layers',
  answer({ given, expect }) {
    if (given['weekly'] !== undefined) return weekly(given);
    const shifts = listOf(given['shifts']);
    const rota: Rota = { layers: shifts.map(shiftOf), overrides: listOf(given['overrides']).map(overrideOf) };
    if (expect['paged'] !== undefined) return { paged: [...(onCallAt(rota, START + numberOf(given['at_hour'], 0) * HOUR)?.people ?? [])] };
    if (expect['empty_shift'] === undefined) return final(given, rota);
    const pageable = (user: string) => shifts.every((one) => one['user'] !== user || one['may_be_paged'] !== false);
    const window = { from: START, until: START + DAY };
    const people = [...dutyOf(resolve({ ...rota, window })).keys()];
    return { empty_shift: emptyShifts(rota, window, pageable).length > 0, users: people.filter(pageable), missing_users: people.filter((user) => !pageable(user)) };
  },
};
