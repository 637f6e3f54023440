import { guessMapping, mapBody, type Mapping } from '../rules/mapping/index.ts';
import type { Problem, Reading } from './alertmanager.ts';

const UNTITLED = 'No title stands in it under a name that the desk knows. Write a mapping for this source.';

/** Any JSON: one object, a list of them, or CloudEvents. The mapping of the source says what it means; without one, common names do. */
export function read(body: unknown, mapping: Mapping | null = null): Reading | { readonly problem: Problem } {
  const by = mapping ?? guessMapping([body]);
  if (by.title === '') return { problem: { status: 400, sentence: UNTITLED } };
  const mapped = mapBody(body, by);
  if ('sentence' in mapped) return { problem: { status: 400, sentence: mapped.sentence } };
  const signals = mapped.items.flatMap((item) => ('signal' in item ? [item.signal] : []));
  const refused = mapped.items.flatMap((item, place) => ('sentence' in item ? [{ place, sentence: item.sentence }] : []));
  if (signals.length === 0 && refused.length > 0) return { problem: { status: 400, sentence: refused[0]!.sentence } };
  return { signals, refused, truncated: 0 };
}

const ATTRIBUTE = /^ce-([a-z0-9]{1,40})$/;

/** A CloudEvent whose attributes came as headers (binary mode), as the one object it stands for (structured mode); null when it is none. */
export function fromHeaders(headers: Readonly<Record<string, unknown>>, text: string): Readonly<Record<string, unknown>> | null {
  const attributes = Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    const [, attribute] = ATTRIBUTE.exec(name) ?? [];
    return attribute && typeof value === 'string' ? [[attribute, unescaped(value)]] : [];
  });
  if (!attributes.some(([name]) => name === 'specversion')) return null;
  let data: unknown = text;
  try {
    data = JSON.parse(text);
  } catch {
    // What is not JSON is the data as text.
  }
  return { ...Object.fromEntries(attributes), ...(text === '' ? {} : { data }) };
}

/** Headers carry everything beyond plain ASCII percent-encoded. */
function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
