/** What was changed, as far as it counts for whether it may be the cause. */
export interface Change {
  readonly key: string;
  /** Epoch ms. */
  readonly at: number;
  readonly kind: 'deployment' | 'configuration' | 'import' | 'maintenance';
  /** Edges from the service of the incident: negative towards what it depends on, positive towards what depends on it. */
  readonly hops: number;
  /** What it is called where it was done. */
  readonly place: string;
}

export interface Reason {
  /** Speaks for it being the cause, or against it. */
  readonly speaks: 'for' | 'against';
  readonly words: string;
}

export interface Suspect {
  readonly key: string;
  /** 0 to 1. */
  readonly score: number;
  readonly likely: 'likely' | 'possible' | 'unclear';
  readonly reasons: readonly Reason[];
}

const MINUTE = 60_000;
/** After so long a change is half as suspect: most are felt within the hour. */
const HALF_MS = 90 * MINUTE;
/** How suspect a kind of change is by itself: deployments break things, notes in a catalog rarely do. */
const RISK = { deployment: 1, maintenance: 0.8, configuration: 0.5, import: 0.35 } as const;
const RISKY = 0.8;
const KIND_WORDS = { deployment: 'a deployment', configuration: 'a change in the catalog', import: 'it came with an import', maintenance: 'planned maintenance' } as const;
/** One edge further is so much less suspect; what a service depends on is more so than what depends on it. */
const FURTHER = { provider: 0.7, consumer: 0.35 } as const;
/** What came after the first failure may be its answer, and is hardly its cause. */
const AFTERWARDS = 0.15;

/** A length in the largest unit that says it: 8 min, 3 h, 2 d. */
function long(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / MINUTE));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / (24 * 60))} d`;
}

/** Suspects by nearness in the graph × closeness in time × risk of their kind, each with its reasons. Of equal ones the later comes first. */
export function suspects(changes: readonly Change[], firstFailure: number): Suspect[] {
  return changes
    .map((change) => ({ at: change.at, suspect: suspectOf(change, firstFailure) }))
    .toSorted((a, b) => b.suspect.score - a.suspect.score || b.at - a.at || (a.suspect.key < b.suspect.key ? -1 : 1))
    .map(({ suspect }) => suspect);
}

function suspectOf({ key, at, kind, hops, place }: Change, firstFailure: number): Suspect {
  const before = firstFailure - at;
  const near = hops > 0 ? FURTHER.consumer ** hops : FURTHER.provider ** -hops;
  const soon = before >= 0 ? 0.5 ** (before / HALF_MS) : AFTERWARDS;
  const score = near * soon * RISK[kind];
  return { key, score, likely: score >= 0.45 ? 'likely' : score >= 0.12 ? 'possible' : 'unclear', reasons: [whereOf(hops, place), whenOf(before), ofKind(kind)] };
}

function whereOf(hops: number, place: string): Reason {
  if (hops === 0) return { speaks: 'for', words: `on ${place} itself` };
  const edges = `${Math.abs(hops)} ${Math.abs(hops) === 1 ? 'edge' : 'edges'} away`;
  return hops < 0 ? { speaks: 'for', words: `on ${place}, which it depends on, ${edges}` } : { speaks: 'against', words: `on ${place}, which depends on it, ${edges}` };
}

function whenOf(before: number): Reason {
  if (before < 0) return { speaks: 'against', words: `${long(-before)} after the first failure` };
  return { speaks: before <= 2 * HALF_MS ? 'for' : 'against', words: before < MINUTE ? 'at the first failure' : `${long(before)} before the first failure` };
}

const ofKind = (kind: Change['kind']): Reason => ({ speaks: RISK[kind] >= RISKY ? 'for' : 'against', words: KIND_WORDS[kind] });
