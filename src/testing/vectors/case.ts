/** One restated fact: what is given, what must come out. */
export type Case = { readonly id: string; readonly given: Readonly<Record<string, unknown>>; readonly expect: Readonly<Record<string, unknown>> };

/** What the product answers, under the names of the expectation. Instants are epoch ms and are compared with the text as instants. */
export type Answers = Readonly<Record<string, unknown>>;

/** One adapter: the family it reads and the real functions it calls. `cases` is for files that do not list their cases in the usual form. */
export type Family = {
  readonly family: string;
  readonly answer: (given: Case) => Answers;
  readonly cases?: (content: Readonly<Record<string, unknown>>) => readonly Case[];
};

/** Epoch ms of a time in a case; null stays null. */
export function instant(text: unknown): number | null {
  if (text === null || text === undefined) return null;
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new Error(`the case has no readable time: ${JSON.stringify(text)}`);
  return ms;
}

/** The same for a time that must be there. */
export function required(text: unknown): number {
  const ms = instant(text);
  if (ms === null) throw new Error('the case lacks a time');
  return ms;
}

export function textOf(value: unknown, absent = ''): string {
  return typeof value === 'string' ? value : absent;
}

export function numberOf(value: unknown, absent: number): number {
  return typeof value === 'number' ? value : absent;
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
