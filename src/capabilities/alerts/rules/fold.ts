import { calmer, isReopened, reopenedAgain, resolvesAt, isFlapping, UNCALM, type Calm, type Reopened } from './flapping.ts';
import { worse } from './groups.ts';
import type { Options } from './options.ts';
import type { Severity } from './severity.ts';
import type { Signal } from './signal.ts';
import { apply, type AlertState, type Effect } from './state.ts';

/** The newest alert of a key as it is stored; instants in epoch ms. */
export interface Latest extends Calm, Reopened {
  readonly id: string;
  readonly state: AlertState;
  readonly severity: Severity;
  readonly resolvedAt: number | null;
  readonly options: Options;
}

export interface Noted {
  readonly kind: Signal['kind'];
  readonly effect: Effect | 'reopened' | 'calm';
  readonly rawId: string | null;
  times: number;
}

/** What a batch of signals does to one alert, stored or new. */
export interface Episode extends Calm, Reopened {
  readonly key: string;
  /** Null for a new one. */
  readonly id: string | null;
  readonly before: AlertState | null;
  /** Its sender had said that it is over. */
  readonly wasCalm: boolean;
  /** The signal that opened it; null for a stored one. */
  readonly first: Signal | null;
  state: AlertState;
  /** The worst that its sender called it. */
  severity: Severity;
  /** It became worse in this batch: whoever knew of it does not know that. */
  worse: boolean;
  calmSignals: number;
  calmSince: number | null;
  reopens: number;
  reopenedAt: number | null;
  reopened: boolean;
  /** Acknowledged or resolved by its sender in this batch. */
  acknowledged: boolean;
  resolvedAt: number | null;
  /** Signals that were counted onto it, and those of them that fired. */
  signals: number;
  firings: number;
  readonly options: Options;
  readonly noted: Noted[];
}

export interface Incoming {
  readonly key: string;
  readonly signal: Signal;
  readonly rawId: string | null;
}

/** What the fold knows: the newest alerts by key, the options of a new one, and the instant of the batch. */
export interface Known {
  readonly latest: ReadonlyMap<string, Latest>;
  readonly optionsOf: (signal: Signal) => Options;
  readonly now: number;
}

/**
 * Applies signals in order and says what becomes of each alert. A batch folded whole and folded in two parts come to the same.
 */
export function foldSignals(all: readonly Incoming[], known: Known): { readonly episodes: readonly Episode[]; readonly ignored: number } {
  const current = new Map<string, Episode>();
  const episodes: Episode[] = [];
  let ignored = 0;
  for (const incoming of all) {
    const { key, signal } = incoming;
    const stored = known.latest.get(key);
    const episode = current.get(key) ?? (stored ? begun(key, stored) : undefined);
    const next = take(episode, incoming, known);
    if (next === null) {
      ignored += 1;
      continue;
    }
    if (next !== episode || !current.has(key)) episodes.push(next);
    current.set(key, next);
    if (signal.kind === 'trigger') next.firings += 1;
    next.signals += 1;
  }
  return { episodes, ignored };
}

function begun(key: string, { id, state, severity, calmSignals, calmSince, reopens, reopenedAt, resolvedAt, options }: Latest): Episode {
  return {
    key,
    id,
    before: state,
    wasCalm: calmSince !== null,
    first: null,
    state,
    severity,
    worse: false,
    calmSignals,
    calmSince,
    reopens,
    reopenedAt,
    resolvedAt,
    options,
    reopened: false,
    acknowledged: false,
    signals: 0,
    firings: 0,
    noted: [],
  };
}

function note(episode: Episode, { signal, rawId }: Incoming, effect: Noted['effect']): Episode {
  const last = episode.noted.at(-1);
  if (effect === 'duplicate' && last?.effect === 'duplicate') last.times += 1;
  else episode.noted.push({ kind: signal.kind, effect, rawId, times: 1 });
  return episode;
}

/** The alert that the signal belongs to, changed; null when the signal changes nothing. */
function take(episode: Episode | undefined, incoming: Incoming, known: Known): Episode | null {
  const { signal } = incoming;
  const { effect } = apply(episode ?? null, signal);
  if (effect === 'ignored' || (effect !== 'created' && !episode)) return null;
  if (effect === 'created' || (effect === 'created-again' && !isReopened(episode!.resolvedAt ?? 0, known.now, episode!.options))) return opened(incoming, known, effect);
  const one = episode!;
  if (effect === 'created-again') {
    Object.assign(one, { ...reopenedAgain(one, known.now), state: 'triggered', resolvedAt: null, reopened: true, acknowledged: false, ...UNCALM });
    worsen(one, signal);
    return note(one, incoming, 'reopened');
  }
  if (effect === 'duplicate') {
    Object.assign(one, UNCALM);
    worsen(one, signal);
  }
  if (effect === 'acknowledged') Object.assign(one, { state: 'acknowledged', acknowledged: true });
  if (effect !== 'resolved') return note(one, incoming, effect);
  Object.assign(one, calmer(one, known.now));
  if (resolvesAt(one, one.options, isFlapping(one, known.now)) > known.now) return note(one, incoming, 'calm');
  Object.assign(one, { state: 'resolved', resolvedAt: known.now, ...UNCALM });
  return note(one, incoming, 'resolved');
}

/** A warning that became critical under the same key is told again, also when somebody had acknowledged the warning. */
function worsen(one: Episode, { severity }: Signal): void {
  if (worse(severity, one.severity)) Object.assign(one, { severity, worse: true, state: 'triggered', acknowledged: false });
}

function opened(incoming: Incoming, { optionsOf }: Known, effect: 'created' | 'created-again'): Episode {
  const { key, signal } = incoming;
  const fresh: Latest = { id: '', state: 'triggered', severity: signal.severity, resolvedAt: null, reopens: 0, reopenedAt: null, ...UNCALM, options: optionsOf(signal) };
  return note({ ...begun(key, fresh), id: null, before: null, first: signal }, incoming, effect);
}
