import type { Read, Write } from '#kernel/desk.ts';

/** What a page may be about. Higher capabilities register how such a record is acknowledged and described. */
export interface Subject {
  /** Acknowledges for the person who holds the link; harmless when it was done already. */
  readonly acknowledge: (ctx: Write, recordId: string) => Promise<void>;
  readonly escalate: (ctx: Write, recordId: string) => Promise<void>;
  readonly resolve: (ctx: Write, recordId: string) => Promise<void>;
  /** Takes an acknowledgement back: nobody has it any more. Paging is the caller's. */
  readonly reopen: (ctx: Write, recordId: string) => Promise<void>;
  /** The record about which people are paged for this one: itself, or the one that stands for its group. */
  readonly standsFor: (ctx: Read, recordId: string) => Promise<string>;
  /** Locks what its answers lock first, so that nobody waits for each other. */
  readonly lock: (ctx: Write) => Promise<void>;
  /** How it stands now, for the page that the link shows. */
  readonly describe: (ctx: Read, recordId: string) => Promise<SubjectState>;
}

export interface SubjectState {
  readonly open: boolean;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: string | null;
  /** Label and value pairs: service, since, felt by … */
  readonly facts: readonly (readonly [string, string])[];
}

const subjects = new Map<string, Subject>();

/** Called once at load by the capability that owns the kind of record. */
export function registerSubject(kind: string, subject: Subject): void {
  subjects.set(kind, subject);
}

export function subjectOf(kind: string): Subject | undefined {
  return subjects.get(kind);
}

/** Before a run is locked by what is not an answer of a person. */
export async function lockSubjects(ctx: Write): Promise<void> {
  for (const subject of subjects.values()) await subject.lock(ctx);
}
