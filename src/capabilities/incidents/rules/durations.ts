/** One line of the log of an incident or of an alert that belongs to it. */
export interface Logged {
  readonly did: string;
  readonly at: string;
  readonly byPerson: boolean;
  readonly data: Readonly<Record<string, unknown>>;
}

export const MARKS = ['began', 'detected', 'acknowledged', 'contained', 'resolved'] as const;
export type Mark = (typeof MARKS)[number];
/** Epoch ms; null when it did not happen or nobody said so. */
export type Marks = Readonly<Record<Mark, number | null>>;

const CONTAINED = new Set(['mitigating', 'contained', 'monitoring', 'fixed']);
/** A sender that claims an older beginning than this has its clock wrong. */
const OLDEST_MS = 7 * 86_400_000;

const first = (times: readonly number[]): number | null => (times.length === 0 ? null : Math.min(...times));

/** The first sign that the log knows: what a sender says about its beginning, else when its alert opened, else the declaration. */
function beginnings({ did, at, data }: Logged): readonly number[] {
  const seen = Date.parse(at);
  if (did === 'incident.declared') return [seen];
  if (did !== 'alert.opened') return [];
  const told = typeof data['began'] === 'string' ? Date.parse(data['began']) : Number.NaN;
  return told <= seen && seen - told <= OLDEST_MS ? [told] : [seen];
}

/** When an incident began, was detected, taken, contained and over; from the log alone. */
export function marksOf(log: readonly Logged[]): Marks {
  const when = (fits: (entry: Logged) => boolean) => log.filter(fits).map(({ at }) => Date.parse(at));
  const detected = first(when(({ did }) => did === 'alert.opened' || did === 'incident.declared'));
  const declared = first(when(({ did }) => did === 'incident.declared'));
  const ends = log.filter(({ did }) => did === 'incident.resolved' || did === 'incident.reopened').toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const last = ends.at(-1);
  return {
    began: first(log.flatMap(beginnings)),
    detected,
    acknowledged: first(
      when(({ did, byPerson }) => did === 'alert.acknowledged' || ((did === 'incident.declared' || did === 'incident.roleAssigned') && byPerson)).filter(
        (at) => detected !== null && at >= detected,
      ),
    ),
    contained: first(when(({ did, data }) => did === 'incident.advanced' && CONTAINED.has(String(data['to']))).filter((at) => declared !== null && at >= declared)),
    resolved: last?.did === 'incident.resolved' ? Date.parse(last.at) : null,
  };
}

export interface Durations {
  /** From the beginning until the desk knew. */
  readonly detect: number | null;
  /** From then until somebody had it. */
  readonly acknowledge: number | null;
  /** From the beginning until it harmed no more. */
  readonly contain: number | null;
  /** From the beginning until it was over. */
  readonly resolve: number | null;
}

/** In ms; null where one of the two ends is not known. */
export function durationsOf({ began, detected, acknowledged, contained, resolved }: Marks): Durations {
  const between = (from: number | null, to: number | null) => (from === null || to === null ? null : Math.max(0, to - from));
  return { detect: between(began, detected), acknowledge: between(detected, acknowledged), contain: between(began, contained), resolve: between(began, resolved) };
}

export interface Gap {
  readonly from: Mark;
  readonly to: Mark;
  readonly ms: number;
  readonly longest: boolean;
}

/** What lay between one mark and the next that is known, in order; the longest is where to look first. */
export function gapsOf(marks: Marks): readonly Gap[] {
  const known = MARKS.flatMap((mark) => (marks[mark] === null ? [] : [{ mark, at: marks[mark] }])).toSorted((a, b) => a.at - b.at || MARKS.indexOf(a.mark) - MARKS.indexOf(b.mark));
  const gaps = known.slice(1).map(({ mark, at }, place) => ({ from: known[place]!.mark, to: mark, ms: at - known[place]!.at }));
  const most = Math.max(0, ...gaps.map(({ ms }) => ms));
  return gaps.map((gap) => ({ ...gap, longest: gap.ms === most && most > 0 }));
}

/** What the log does not say, as sentences. */
export function unknownOf(marks: Marks): readonly string[] {
  return [
    ...(marks.acknowledged === null ? ['Nobody acknowledged an alert, took a role or declared it: the log does not say when somebody had it.'] : []),
    ...(marks.contained === null ? ['Nobody said when it was contained: the incident never had that stage.'] : []),
    ...(marks.resolved === null ? ['It is not resolved.'] : []),
  ];
}
