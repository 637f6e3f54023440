import { alertAfter } from './heartbeat.ts';
import type { Heartbeat } from './heartbeat.ts';

/** A heartbeat check with what decides on its pings. Keywords are separated by commas. */
export type PingedCheck = Heartbeat & {
  readonly lastRunId: string | null;
  readonly lastDurationMs: number | null;
  readonly manualResume: boolean;
  readonly methods: 'any' | 'POST';
  /** Whether keywords are looked for in the body of a request. */
  readonly filterBody: boolean;
  readonly successWords: string;
  readonly failureWords: string;
  readonly startWords: string;
  /** What a request without any keyword counts as. */
  readonly otherwise: 'ignore' | 'fail';
};

/** `path` is what follows the check's own address: empty, `/start`, `/fail`, `/log` or `/<exit status>`. */
export type PingRequest = { readonly path: string; readonly method: string; readonly body?: string; readonly runId?: string | null };

export type PingKind = 'success' | 'start' | 'fail' | 'log' | 'ignored';
export type Ping = { readonly kind: PingKind; readonly at: number; readonly exitStatus: number | null; readonly runId: string | null; readonly body: string };

/** `tell` is false for new and paused checks that come up: nobody was told that they were down. */
export type Flip = { readonly from: Heartbeat['stored']; readonly to: 'up' | 'down'; readonly reason: 'fail' | null; readonly at: number; readonly tell: boolean };

export type PingOutcome =
  | { readonly http: 200; readonly answer: 'OK'; readonly check: PingedCheck; readonly ping: Ping; readonly flip: Flip | null; readonly alertAfter: number | null }
  | { readonly http: 400 | 404; readonly answer: string };

/** Longer bodies are cut. Characters. */
export const longestBody = 10_000;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Splits `/ping/<uuid>/fail` into the check's id and the rest; null when it is not such a path. The id needs its dashes. */
export function pingPath(path: string): { readonly checkId: string; readonly path: string } | null {
  const [, checkId, rest] = /^\/ping\/([^/]+)(\/[^/]+)?\/?$/.exec(path) ?? [];
  return checkId !== undefined && uuid.test(checkId) ? { checkId: checkId.toLowerCase(), path: rest ?? '' } : null;
}

function contains(body: string, words: string): boolean {
  return words
    .split(',')
    .map((word) => word.trim())
    .some((word) => word !== '' && body.includes(word));
}

type Said = { readonly kind: PingKind; readonly exitStatus: number | null };

function said(path: string): Said | { readonly http: 400 | 404; readonly answer: string } {
  const word = path.replace(/^\//, '').replace(/\/$/, '');
  if (word === '') return { kind: 'success', exitStatus: null };
  if (word === 'start' || word === 'fail' || word === 'log') return { kind: word, exitStatus: null };
  if (!/^\d+$/.test(word)) return { http: 404, answer: 'not found' };
  const exitStatus = Number(word);
  if (exitStatus > 255) return { http: 400, answer: 'invalid url format' };
  return { kind: exitStatus === 0 ? 'success' : 'fail', exitStatus };
}

function kindOf(check: PingedCheck, { method, body = '' }: PingRequest, kind: PingKind): PingKind {
  if (check.stored === 'paused' && check.manualResume) return 'ignored';
  if (check.methods === 'POST' && method.toUpperCase() !== 'POST') return 'ignored';
  if (!check.filterBody) return kind;
  if (contains(body, check.failureWords)) return 'fail';
  if (contains(body, check.successWords)) return 'success';
  if (contains(body, check.startWords)) return 'start';
  return check.otherwise === 'fail' ? 'fail' : 'ignored';
}

/** A success with another run id leaves the run going; a success without one, and any failure, end it. Only a matching end measures it. */
function afterEnd(check: PingedCheck, ping: Ping): PingedCheck {
  const own = check.lastRunId === ping.runId;
  const ended = check.lastStart !== null && (own || ping.kind === 'fail' || ping.runId === null);
  return {
    ...check,
    stored: ping.kind === 'fail' ? 'down' : 'up',
    lastPing: ping.at,
    lastStart: ended ? null : check.lastStart,
    lastRunId: ended ? null : check.lastRunId,
    lastDurationMs: ended && own ? ping.at - check.lastStart! : null,
  };
}

/** What one ping does (rule: Healthchecks). A start is no ping and resumes nothing; a failure is down at once, without grace. */
export function applyPing(check: PingedCheck, request: PingRequest, now: number): PingOutcome {
  const wanted = said(request.path);
  if ('http' in wanted) return wanted;
  const runId = request.runId?.toLowerCase() ?? null;
  if (runId !== null && !uuid.test(runId)) return { http: 400, answer: 'invalid uuid format' };
  const ping: Ping = { kind: kindOf(check, request, wanted.kind), at: now, exitStatus: wanted.exitStatus, runId, body: (request.body ?? '').slice(0, longestBody) };
  const after = nextCheck(check, ping);
  const to = after.stored;
  const flipped = to !== check.stored && (to === 'up' || to === 'down');
  const tell = to === 'down' || check.stored === 'down';
  const flip: Flip | null = flipped ? { from: check.stored, to, reason: to === 'down' ? 'fail' : null, at: now, tell } : null;
  return { http: 200, answer: 'OK', check: after, ping, flip, alertAfter: alertAfter(after) };
}

function nextCheck(check: PingedCheck, ping: Ping): PingedCheck {
  if (ping.kind === 'start') return { ...check, lastStart: ping.at, lastRunId: ping.runId };
  if (ping.kind === 'success' || ping.kind === 'fail') return afterEnd(check, ping);
  return check;
}
