export type Stored = 'new' | 'up' | 'pending' | 'down' | 'paused';
export const SHOWN_STATES = ['new', 'up', 'late', 'down', 'unreachable', 'maintenance', 'paused', 'unknown'] as const;
/**
 * `late`: failing or overdue, but not yet down. `unreachable`: down, but what it depends on fails too. `unknown`: a probe that
 * gives no results, whatever it said last.
 */
export type ShownState = (typeof SHOWN_STATES)[number];

/** What is stored of a check of any kind. Instants are epoch ms. */
export type Standing = {
  readonly stored: Stored;
  readonly intervalMs: number | null;
  readonly lastAt: number | null;
  readonly changedAt: number;
  readonly expectedAt: number | null;
  readonly alertAfter: number | null;
  /** Number of the check that explains why it is down; null when none does. */
  readonly behind: string | null;
  /** The maintenance that holds now. */
  readonly maintenance: { readonly number: string; readonly title: string } | null;
  /** The desk itself sees nothing now. */
  readonly blind: boolean;
};

/** A probe is silent after three intervals without a result, at least two minutes. */
export function silentAfterMs(intervalMs: number): number {
  return Math.max(3 * intervalMs, 120_000);
}

export function shownState({ stored, intervalMs, lastAt, changedAt, expectedAt, alertAfter, behind, maintenance, blind }: Standing, now: number): ShownState {
  if (stored === 'paused') return 'paused';
  if (maintenance !== null) return 'maintenance';
  if (intervalMs !== null) {
    if (now - Math.max(lastAt ?? 0, changedAt) > silentAfterMs(intervalMs)) return 'unknown';
    if (stored === 'down' && behind !== null) return 'unreachable';
    return stored === 'pending' ? 'late' : stored;
  }
  if (stored === 'down' && behind !== null) return 'unreachable';
  // A ping that could not come in is not missed.
  if (alertAfter !== null && now >= alertAfter) return blind ? 'unknown' : 'down';
  if (stored === 'up' && expectedAt !== null && now >= expectedAt) return 'late';
  return stored === 'pending' ? 'late' : stored;
}

/** What a stored state counts as for uptime: a failure that is not yet down leaves it as it was, one behind another check counts neither way. */
export function countsAs(stored: Stored, before: 'up' | 'down' | 'none', isBehind = false): 'up' | 'down' | 'none' {
  if (stored === 'pending') return before;
  if (stored === 'down' && isBehind) return 'none';
  return stored === 'up' || stored === 'down' ? stored : 'none';
}

/** A length of time in words: `40 s`, `12 min`, `2 h 5 min`, `3 d 4 h`. */
export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export type Told = Standing & {
  readonly since: number;
  readonly reason: string;
  readonly failures: number;
  readonly failuresNeeded: number;
  readonly certificateEndsAt: number | null;
  /** 0 for never. */
  readonly certificateDays: number;
};

/** Whole days until the certificate ends when that is near enough to warn; null otherwise. */
export function certificateWarning({ certificateEndsAt, certificateDays }: Pick<Told, 'certificateEndsAt' | 'certificateDays'>, now: number): number | null {
  if (certificateEndsAt === null || certificateDays === 0) return null;
  const days = Math.floor((certificateEndsAt - now) / 86_400_000);
  return days < certificateDays ? days : null;
}

/** How a check stands, to be read after its name: `fails for 12 min: status 503`. */
export function standingWords(check: Told, now: number): string {
  const state = shownState(check, now);
  const because = check.reason === '' ? '' : `: ${check.reason}`;
  if (state === 'new') return check.intervalMs === null ? 'waits for its first ping' : 'waits for its first result';
  if (state === 'paused') return `is paused for ${lasting(now - check.since)}`;
  if (state === 'maintenance') return `is under maintenance, ${check.maintenance?.number ?? ''}: ${check.maintenance?.title ?? ''}`;
  if (state === 'unreachable') return `is unreachable because of ${check.behind ?? ''} for ${lasting(now - check.since)}${because}`;
  if (state === 'unknown') {
    const silent = check.intervalMs === null ? 'could not be pinged' : `gives no results for ${lasting(now - Math.max(check.lastAt ?? 0, check.changedAt))}`;
    return check.blind ? `${silent}: monitoring is blind` : silent;
  }
  if (state === 'down') return check.stored === 'down' ? `fails for ${lasting(now - check.since)}${because}` : 'has just gone down';
  if (state === 'late')
    return check.intervalMs === null ? `is late by ${lasting(now - (check.expectedAt ?? now))}` : `failed ${check.failures} of ${check.failuresNeeded} times needed${because}`;
  const days = certificateWarning(check, now);
  if (days !== null) return days < 0 ? 'passes, but its certificate has ended' : `passes, but its certificate ends in ${days} days`;
  return `passes for ${lasting(now - check.since)}`;
}

/** What a check says about the service it watches. */
export function healthState(check: Told, now: number): 'critical' | 'warning' | 'good' | 'unknown' {
  const state = shownState(check, now);
  if (state === 'down') return 'critical';
  if (state === 'late') return 'warning';
  if (state === 'up') return certificateWarning(check, now) === null ? 'good' : 'warning';
  return 'unknown';
}
