import type { Window } from '#kernel/spans.ts';
import type { Rotation } from './handoffs.ts';
import type { Hours } from '#kernel/weekly.ts';

/** Groups take turns in the order given; an empty one is a turn in which nobody is on call. Of layers that cover the same time the higher priority wins. */
export type Layer = {
  readonly id: string;
  readonly name: string;
  readonly priority: number;
  readonly rotation: Rotation;
  readonly people: readonly (readonly string[])[];
  readonly hours?: readonly Hours[];
  readonly turns?: 'kept' | 'calendar';
  /** People of a shadow layer are told beside those on call and cover nothing. */
  readonly shadow?: boolean;
  readonly onHolidays?: 'as usual' | 'off' | 'only';
  /** Place in `people` of the turn that begins at the rotation's start. */
  readonly firstTurn?: number;
  /** Epoch ms; the layer covers nothing before or after. Editing a layer ends the old one, so the past stays. */
  readonly from?: number | null;
  readonly until?: number | null;
};

/**
 * `replace` puts a person (null: nobody, on purpose) in everybody's place, or in that of `insteadId` while they are on call; `add` puts
 * somebody beside; `remove` takes `insteadId` off. With `layerId` it concerns only what that layer says. Epoch ms.
 */
export type Override = {
  readonly id: string;
  readonly kind?: 'replace' | 'add' | 'remove';
  readonly personId: string | null;
  readonly insteadId?: string | null;
  readonly from: number;
  readonly until: number;
  readonly layerId?: string | null;
  readonly madeAt?: number;
};

/** Asks somebody to take what `by` has in the window. Taken, it changes hands; `inReturn` is what the taker hands back. */
export type Swap = {
  readonly id: string;
  readonly by: string;
  readonly from: number;
  readonly until: number;
  readonly takenBy: string | null;
  readonly inReturn?: Window | null;
  readonly madeAt?: number;
};

/** Replaces everything inside its window by these shifts; where there is none, by nobody. */
export type Temporary = {
  readonly id: string;
  readonly from: number;
  readonly until: number;
  readonly shifts: readonly { readonly personId: string; readonly from: number; readonly until: number }[];
  readonly madeAt?: number;
};

export type Absence = { readonly id: string; readonly personId: string; readonly from: number; readonly until: number };

export type Rota = {
  readonly layers: readonly Layer[];
  readonly overrides: readonly Override[];
  readonly swaps?: readonly Swap[];
  readonly temporaries?: readonly Temporary[];
  readonly absences?: readonly Absence[];
  /** Local dates. */
  readonly holidays?: readonly string[];
};

export type By = 'layer' | 'override' | 'swap' | 'temporary';

/**
 * `layerIds[i]` is the layer that put `people[i]` on call, null for a change of the whole rota. `people` is empty on purpose, or
 * because those who would be on call are `absent`: then it is a gap.
 */
export type OnCall = {
  readonly people: readonly string[];
  readonly absent: readonly string[];
  readonly by: By;
  readonly layerId: string | null;
  readonly layerIds: readonly (string | null)[];
  /** The override, swap or temporary shifts that decided. */
  readonly changeId?: string;
};

export type Handover = { readonly at: number; readonly before: readonly string[]; readonly after: readonly string[] };
