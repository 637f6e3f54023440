/** What keeps pages from leaving. */
export interface Trouble {
  readonly kind: 'late' | 'stuck' | 'silent' | 'deadlineless' | 'clock';
  readonly sentence: string;
}

/** What the auditor saw. Instants are epoch ms. */
export interface Seen {
  readonly now: number;
  /** Runs whose deadline is past by more than the grace. */
  readonly lateRuns: number;
  /** Urgent runs that nobody acknowledged and that have no deadline. */
  readonly deadlinelessRuns: number;
  readonly overdueMessages: { readonly count: number; readonly since: number | null };
  /** When a job of the queue last ran; null: none has since this node began at `upSince`. */
  readonly jobsSeenAt: number | null;
  readonly upSince: number;
  /** When paging was audited last. */
  readonly before: number | null;
}

/** How old something due may be: longer than any retry of the queue and than one pass of its safety nets. */
export const GRACE_MS = 120_000;
const SILENT_MS = 180_000;
const STEP_BACK_MS = 30_000;

function many(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

/** What is wrong, in sentences; nothing when every page has a future. */
export function troublesOf(seen: Seen): Trouble[] {
  const { now, lateRuns, deadlinelessRuns, overdueMessages, jobsSeenAt, upSince, before } = seen;
  const minutes = (since: number) => many(Math.max(1, Math.round((now - since) / 60_000)), 'minute', 'minutes');
  const troubles: Trouble[] = [];
  if (before !== null && before > now + STEP_BACK_MS)
    troubles.push({ kind: 'clock', sentence: `The clock of this desk went back by ${minutes(2 * now - before)}: whoever waits for the next step waits that much longer.` });
  const alive = jobsSeenAt === null ? upSince : Math.min(jobsSeenAt, now);
  if (now - alive > SILENT_MS)
    troubles.push({ kind: 'silent', sentence: `No job has run for ${minutes(alive)}: nothing is sent and no step is taken. Look whether a worker runs.` });
  if (lateRuns > 0) troubles.push({ kind: 'late', sentence: `${many(lateRuns, 'escalation is', 'escalations are')} late: the next step was due more than 2 minutes ago.` });
  if (deadlinelessRuns > 0)
    troubles.push({
      kind: 'deadlineless',
      sentence: `${many(deadlinelessRuns, 'page that nobody has acknowledged has', 'pages that nobody has acknowledged have')} no next step.`,
    });
  if (overdueMessages.count > 0)
    troubles.push({
      kind: 'stuck',
      sentence: `${many(overdueMessages.count, 'message of a page', 'messages of pages')} should have left ${overdueMessages.since === null ? 'before' : `${minutes(overdueMessages.since)} ago`} and did not.`,
    });
  return troubles;
}

export interface Alarm {
  readonly since: number | null;
  readonly toldAt: number | null;
}

const AGAIN_MS = 30 * 60_000;

/**
 * What to do about what was found: a trouble that is still there at the next look is told, and again each half hour; one
 * look alone may have caught the queue in the middle of its work.
 */
export function alarmOf({ since, toldAt }: Alarm, hasTrouble: boolean, now: number): { readonly deed: 'none' | 'tell' | 'fine'; readonly alarm: Alarm } {
  if (!hasTrouble) return { deed: toldAt === null ? 'none' : 'fine', alarm: { since: null, toldAt: null } };
  if (since === null || since > now) return { deed: 'none', alarm: { since: now, toldAt: toldAt !== null && toldAt > now ? now : toldAt } };
  if (toldAt === null || now - toldAt >= AGAIN_MS) return { deed: 'tell', alarm: { since, toldAt: now } };
  return { deed: 'none', alarm: { since, toldAt } };
}
