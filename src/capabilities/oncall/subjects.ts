import type { Read, Write } from '#kernel/desk.ts';

/** What a page may be about. Higher capabilities register how such a record is acknowledged and described. */
export interface Subject {
  /** Acknowledges for the person who holds the link; harmless when it was done already. */
  readonly acknowledge: (ctx: Write, recordId: string) => Promise<void>;
  readonly escalate: (ctx: Write, recordId: string) => Promise<void>;
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
