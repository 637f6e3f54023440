/** What must not leave the house, and the word that stands in its place. */
export interface Secret {
  readonly text: string;
  readonly instead: string;
  /** Short words are taken out only as they are written: “An” is a name, “an” is not. */
  readonly exactly?: true;
}

const ADDRESSES: readonly (readonly [RegExp, string])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s<>"')\]]+/giu, '[link]'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu, '[address]'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+|\/\d+)?\b/gu, '[address]'],
  [/(?<![\w:])(?=[0-9a-f:]*(?:::|[a-f]))[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])/giu, '[address]'],
  [/\b(?:[a-z0-9-]+\.)+(?:internal|local|lan|corp|intra|home|arpa|svc|cluster|test|example|com|net|org|io|dev|cloud|de|eu|co|app)\b/giu, '[host]'],
  [/\+?\d(?:[\d ()/-]{6,})\d/gu, '[number]'],
  [/\b[A-Z]{2,4}-[0-9]+\b/gu, '[internal record]'],
  [/(?<![\p{L}\d])@[\p{L}\d._-]+/gu, '[somebody]'],
];

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Takes names, internal records, addresses and everything listed out of a text. Rather too much than too little. */
export function redacted(text: string, secrets: readonly Secret[]): string {
  const low = text.toLowerCase();
  const present = secrets.filter((secret) => secret.text.trim().length > 1 && low.includes(secret.text.toLowerCase())).toSorted((a, b) => b.text.length - a.text.length);
  const without = present.reduce(
    (left, { text: name, instead, exactly }) => left.replaceAll(new RegExp(String.raw`(?<![\p{L}\d])${escaped(name)}(?![\p{L}\d])`, exactly ? 'gu' : 'giu'), instead),
    text,
  );
  return ADDRESSES.reduce((left, [pattern, instead]) => left.replaceAll(pattern, instead), without);
}

/** A person may be called by the whole name or a part of it. */
export function secretsOfPerson(name: string): readonly Secret[] {
  return [name, ...name.split(/\s+/)].filter((part) => part.length > 1).map((text) => ({ text, instead: '[somebody]', ...(text.length < 4 && { exactly: true as const }) }));
}
