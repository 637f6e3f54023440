import { wallOf } from '#kernel/zoned.ts';
import type { FindingKind } from './lookahead.ts';

/** `Tue 3 March, 09:00` on the clock of the zone. */
export function momentOf(zone: string, at: number): string {
  const wall = new Date(wallOf(zone, at));
  const day = wall.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' }).replace(',', '');
  return `${day}, ${wall.toISOString().slice(11, 16)}`;
}

/** `2026-03-03T09:00` on the clock of the zone; a time between minutes is the next one. */
export function localAt(zone: string, at: number): string {
  return new Date(Math.ceil(wallOf(zone, at) / 60_000) * 60_000).toISOString().slice(0, 16);
}

export interface Sayable {
  readonly kind: FindingKind;
  readonly person: string;
  readonly from: number;
  readonly until: number;
  readonly hours: number;
}

/** What was found, and what to do about it. */
export function sentenceOf({ kind, person, from, until, hours }: Sayable, zone: string): string {
  const span = `from ${momentOf(zone, from)} to ${momentOf(zone, until)}`;
  switch (kind) {
    case 'gap':
      return `Nobody is on call ${span}. Add a layer or an override.`;
    case 'absent':
      return `${person} would be on call ${span} and is absent. Find somebody who takes it.`;
    case 'left':
      return `${person} is on call for ${hours} hours ${span} and is not active here: they have left, or never joined. Take them out of the layers.`;
    case 'unreachable':
      return `${person} is on call for ${hours} hours ${span} and has no verified contact. They send themselves a test under Settings, Contacts.`;
  }
}
