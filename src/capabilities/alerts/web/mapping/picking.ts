import { listAround, pathFrom, putIn, writePath, type Mapping } from '../../rules/mapping/index.ts';

/** Where the caret last stood: a value that is clicked goes there. */
export interface Caret {
  readonly field: string;
  readonly label: string;
  readonly at: number;
}

interface Picked {
  readonly body: unknown;
  /** Where the value stands in the body. */
  readonly steps: readonly string[];
}

const TEMPLATE_FIELDS = ['title', 'state', 'key', 'severity', 'origin', 'service', 'startsAt', 'link'] as const;

/** The mapping with the path of a clicked value in the field of the caret, which then stands behind it. */
export function withPicked(mapping: Mapping, caret: Caret, { body, steps }: Picked): { readonly mapping: Mapping; readonly caret: Caret } {
  const isList = Array.isArray(body);
  if (caret.field === 'list') return { mapping: { ...mapping, list: writePath(listAround(body, steps) ?? []) }, caret };
  if (caret.field === 'details') {
    const around = steps.slice(0, -1);
    return { mapping: { ...mapping, details: around.length === 0 ? '' : pathFrom(around, mapping.list, isList) }, caret };
  }
  const path = pathFrom(steps, mapping.list, isList);
  const put = (text: string) => putIn(text, Math.min(caret.at, text.length), path);
  const done = (value: string, change: Partial<Mapping>) => ({ mapping: { ...mapping, ...change }, caret: { ...caret, at: value.length } });
  const [, label] = /^labels\.(\d+)\.value$/.exec(caret.field) ?? [];
  if (label !== undefined) {
    const value = put(mapping.labels[Number(label)]?.value ?? '');
    return done(value, { labels: mapping.labels.map((one, place) => (place === Number(label) ? { ...one, value } : one)) });
  }
  if (caret.field === 'ignore.value') {
    const value = put(mapping.ignore.value);
    return done(value, { ignore: { ...mapping.ignore, value } });
  }
  const field = TEMPLATE_FIELDS.find((one) => one === caret.field);
  if (!field) return { mapping, caret };
  const value = put(mapping[field]);
  return done(value, { [field]: value });
}
