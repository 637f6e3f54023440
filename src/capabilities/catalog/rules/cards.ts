import { isSame, kindOfType, plainName, type Field } from './plan/index.ts';

export type CardKind = 'disagreement' | 'duplicate' | 'unseen' | 'owner left' | 'missing';

/** A question as it is found; the key says which one it is, the evidence what it is asked for. */
export interface FoundCard {
  readonly kind: CardKind;
  readonly key: string;
  readonly recordId: string;
  readonly otherId: string | null;
  readonly edgeId: string | null;
  readonly evidence: Readonly<Record<string, unknown>>;
}

export interface Mismatch {
  readonly recordId: string;
  readonly field: Field;
  readonly ours: unknown;
  readonly importId: string;
  readonly theirs: unknown;
}

/** Spelling and order are no disagreement. */
function differs({ field, ours, theirs }: Mismatch): boolean {
  if (field === 'name') return plainName(String(ours)) !== plainName(String(theirs));
  if (field === 'type') return kindOfType(String(ours)) !== kindOfType(String(theirs));
  if (field === 'links') return !isSame(byUrl(ours), byUrl(theirs));
  return !isSame(ours, theirs);
}

function byUrl(links: unknown): readonly unknown[] {
  return Array.isArray(links)
    ? links.map((one: { label?: unknown; url?: unknown }) => ({ label: one.label, url: one.url })).toSorted((a, b) => (String(a.url) < String(b.url) ? -1 : 1))
    : [];
}

/** One question for each field of a record that its sources do not all say alike. */
export function disagreements(mismatches: readonly Mismatch[]): readonly FoundCard[] {
  const asked = Map.groupBy(mismatches.filter(differs), ({ recordId, field }) => `disagreement:${recordId}:${field}`);
  return [...asked].map(([key, all]) => {
    const { recordId, field, ours } = all[0]!;
    const says = all.map(({ importId, theirs }) => ({ import: importId, value: theirs })).toSorted((a, b) => (a.import < b.import ? -1 : 1));
    return { kind: 'disagreement', key, recordId, otherId: null, edgeId: null, evidence: { field, ours, says } };
  });
}

/** Records that share what only one of a kind can have: pairs of the first of them with each other one. */
export function duplicates(groups: readonly { readonly by: string; readonly value: string; readonly ids: readonly string[] }[]): readonly FoundCard[] {
  const found = new Map<string, FoundCard>();
  for (const { by, value, ids } of groups) {
    const [first, ...others] = ids.toSorted();
    for (const other of others) {
      const key = `duplicate:${first}:${other}`;
      if (!found.has(key)) found.set(key, { kind: 'duplicate', key, recordId: first!, otherId: other, edgeId: null, evidence: { by, value } });
    }
  }
  return [...found.values()];
}

/** What a record must say to be of use at night. */
export function missingOf(record: {
  readonly kind: 'service' | 'component';
  readonly tier: number | null;
  readonly hasTeam: boolean;
  readonly summary: string;
  readonly users: number | null;
}): readonly string[] {
  if (record.kind === 'component') return record.hasTeam ? [] : ['owner team'];
  return [
    ...(record.hasTeam ? [] : ['owner team']),
    ...(record.summary === '' ? ['summary'] : []),
    ...(record.tier !== null && record.tier <= 2 && record.users === null ? ['users affected'] : []),
  ];
}

export interface CardWords {
  readonly record: string;
  readonly other: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

const LACKS: Readonly<Record<string, string>> = { 'owner team': 'who owns it', summary: 'what it is for', 'users affected': 'how many users it affects' };

/** The question in one sentence. */
export function cardSentence(kind: CardKind, { record, other, evidence }: CardWords): string {
  const text = (name: string) => String(evidence[name]);
  if (kind === 'disagreement') return `${record} and its sources do not say the same ${fieldWord(evidence['field'] as Field)}.`;
  if (kind === 'duplicate') return `${record} and ${other} have the same ${text('by')}: ${text('value')}. Are they one?`;
  if (kind === 'unseen') return `No source has seen for ${text('days')} days that ${other} needs ${record}. Is it still so?`;
  if (kind === 'owner left') return `${record} belongs to ${text('who')}, who is no longer here.`;
  return `${record} does not say ${(evidence['fields'] as readonly string[]).map((field) => LACKS[field] ?? field).join(', ')}.`;
}

const FIELD_WORDS: Partial<Record<Field, string>> = { cloudId: 'cloud id', usersAffected: 'users affected', rpoMinutes: 'RPO', rtoMinutes: 'RTO', supportHours: 'support hours' };

export function fieldWord(field: Field): string {
  return FIELD_WORDS[field] ?? field;
}
