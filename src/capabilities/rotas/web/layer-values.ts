import type { In, Out } from '#kernel/contract.ts';
import { fieldText } from '#web/record/field-text.ts';
import type { rotas } from '../contract/index.ts';
import { WEEKDAYS, type Hours } from '#kernel/weekly.ts';

export type Rota = Out<(typeof rotas)['verbs']['get']>['rota'];
export type Layer = Rota['layers'][number];
export type LayerInput = In<(typeof rotas)['verbs']['create']>['layer'];

export const KINDS = ['hourly', 'daily', 'weekly', 'monthly'] as const;
export const HOLIDAYS = ['as usual', 'off', 'only'] as const;
/** Between the numbers of people who are on call together; alone it is nobody. */
export const JOINT = '+';

/** What the fields of a layer say, as the contract takes it. */
export function layerOf(values: FormData): LayerInput {
  const [zone, from, until] = ['layerZone', 'layerFrom', 'layerUntil'].map((name) => fieldText(values, name));
  return {
    name: fieldText(values, 'layerName'),
    priority: Number(fieldText(values, 'priority') || 0),
    kind: KINDS.find((kind) => kind === fieldText(values, 'kind')) ?? 'weekly',
    length: Number(fieldText(values, 'length') || 1),
    start: fieldText(values, 'start'),
    people: fieldText(values, 'inTurn').split(',').filter(Boolean).map(groupOf),
    hours: hoursOf(fieldText(values, 'hours')),
    turns: values.has('byCalendar') ? 'calendar' : 'kept',
    shadow: values.has('shadow'),
    onHolidays: HOLIDAYS.find((one) => one === fieldText(values, 'onHolidays')) ?? 'as usual',
    ...(zone && { zone }),
    ...(from && { from }),
    ...(until && { until }),
  };
}

function groupOf(choice: string): string | string[] {
  return choice.includes(JOINT) ? choice.split(JOINT).filter(Boolean) : choice;
}

/** Hours as one field: `mo tu 08:00 18:00;sa su 00:00 00:00`. */
export function writtenHours(hours: readonly Hours[]): string {
  return hours.map(({ days, from, until }) => [...days, from, until].join(' ')).join(';');
}

function hoursOf(written: string): NonNullable<LayerInput['hours']> {
  return written
    .split(';')
    .map((line) => line.split(' '))
    .filter((line) => line.length > 2)
    .map((line) => ({ days: WEEKDAYS.filter((day) => line.includes(day)), from: line.at(-2) ?? '', until: line.at(-1) ?? '' }));
}

/** The server names the fields of a layer by its own shape; the form asks for them under these names. */
const HERE: Readonly<Record<string, string>> = { name: 'layerName', zone: 'layerZone', from: 'layerFrom', until: 'layerUntil' };

export function namedAsHere<P extends { readonly fields?: readonly { readonly field: string; readonly sentence: string }[] | undefined }>(
  problem: P | undefined,
  isOnlyLayer = false,
): P | undefined {
  if (!problem?.fields) return problem;
  const fields = problem.fields.map((each) => {
    const [name = ''] = each.field.replace(/^layer\./, '').split('.');
    const isOfLayer = isOnlyLayer || each.field.startsWith('layer.');
    return { ...each, field: (isOfLayer ? HERE[name] : undefined) ?? name };
  });
  return { ...problem, fields };
}
