import { mapBody, type MappedBody } from './read.ts';
import type { Mapping } from './shape.ts';

/** What the text of a body comes to; text that is no JSON is said to be so. */
export function tryText(text: string, mapping: Mapping): MappedBody {
  try {
    return mapBody(JSON.parse(text) as unknown, mapping);
  } catch {
    return { sentence: 'It is not JSON.' };
  }
}

/** True when something of it was read, or all of it is meant to be left out. */
export function isRead(mapped: MappedBody): boolean {
  return 'items' in mapped && mapped.items.some((item) => !('sentence' in item));
}

/** Refuses a mapping that reads none of what came lately; the sentence is the first reason. */
export function refuseMapping(texts: readonly string[], mapping: Mapping): string | undefined {
  if (texts.length === 0) return undefined;
  const tried = texts.map((text) => tryText(text, mapping));
  if (tried.some(isRead)) return undefined;
  const [first] = tried;
  const why = first && 'sentence' in first ? first.sentence : (first?.items.flatMap((item) => ('sentence' in item ? [item.sentence] : []))[0] ?? '');
  return `It reads none of the last ${texts.length === 1 ? 'message' : `${texts.length} messages`}. ${why}`.trim();
}
