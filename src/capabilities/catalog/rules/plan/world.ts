import type { Reading } from '../../importers/reading.ts';
import type { Impact } from '../dependency.ts';
import type { KnownRecord } from './match.ts';
import type { Values } from './values.ts';

export interface KnownEdge {
  readonly id: string;
  readonly providerId: string;
  readonly consumerId: string;
  readonly impact: Impact;
  readonly group: string;
  readonly note: string;
  readonly confidence: number;
  /** The import that says so; null: a person. */
  readonly importId: string | null;
}

/** How many of a group a consumer needs, as an import said it last. */
export type SaidGroup = { readonly group: string; readonly minUp: number; readonly unit: 'count' | 'percent' };

/** What the source said of a record when it was last applied. */
export interface Identity {
  readonly recordId: string;
  readonly said: { readonly values: Values; readonly groups: readonly SaidGroup[] };
  readonly staleSince: string | null;
  /** The desk archived the record because no source named it; it comes back when one does. */
  readonly archivedByDesk: boolean;
}

export type SaidReading = Pick<Reading, 'things' | 'relations' | 'redundancy' | 'complete'>;

/** The catalog as far as a reading of one import can touch it. */
export interface World {
  readonly importId: string;
  readonly identities: ReadonlyMap<string, Identity>;
  /** Every record that an identity names, and every living one that could be matched. */
  readonly records: ReadonlyMap<string, KnownRecord>;
  readonly edges: readonly KnownEdge[];
  readonly redundancies: readonly (SaidGroup & { readonly consumerId: string })[];
  readonly ownerOf: (ref: string) => { readonly kind: 'team' | 'person'; readonly id: string } | undefined;
  readonly nameOf: (id: string) => string;
}
