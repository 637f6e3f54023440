import type { CardKind } from './cards.ts';

export type Choice = { readonly choice: string; readonly label: string };

/** What may be answered to a question. `sources` are the numbers and names of the imports that say something else. */
export function choicesOf(kind: CardKind, recordKind: string, sources: readonly { readonly number: string; readonly title: string }[]): readonly Choice[] {
  if (kind === 'disagreement')
    return [{ choice: 'keep', label: 'Keep what the record says' }, ...sources.map(({ number, title }) => ({ choice: `take:${number}`, label: `Take what ${title} says` }))];
  if (kind === 'duplicate')
    return [
      ...(recordKind === 'component'
        ? [
            { choice: 'merge', label: 'Merge into the first' },
            { choice: 'merge into the other', label: 'Merge into the second' },
          ]
        : []),
      { choice: 'different', label: 'They are two' },
    ];
  if (kind === 'unseen')
    return [
      { choice: 'confirm', label: 'It is still so' },
      { choice: 'end', label: 'End the dependency' },
    ];
  return kind === 'owner left' ? [{ choice: 'assign', label: 'Give it to a team' }] : [];
}

/** Merging is for two living components; services carry checks, alerts and policies of their own. */
export function refuseMerge(
  keep: { readonly id: string; readonly kind: string; readonly number: string; readonly archivedAt: string | null },
  drop: typeof keep,
): string | undefined {
  const stranger = [keep, drop].find(({ kind }) => kind !== 'component');
  if (stranger) return `${stranger.number} is not a component. Only components are merged: a service has checks, alerts and policies of its own, so retire one of the two instead.`;
  if (keep.id === drop.id) return 'A component cannot be merged into itself.';
  const gone = [keep, drop].find(({ archivedAt }) => archivedAt !== null);
  return gone ? `${gone.number} is retired.` : undefined;
}

const YEAR = 366 * 86_400_000;

export function refuseIgnoring(until: number, now: number): string | undefined {
  if (until <= now) return 'Choose a time that is still to come.';
  return until > now + YEAR ? 'At most a year from now, so that the question comes back.' : undefined;
}
