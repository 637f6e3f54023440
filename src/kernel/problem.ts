/** The closed list of refusals, and the HTTP status each has (docs/decisions: RFC 9457). */
export const PROBLEM_STATUS = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  conflict: 409,
  refused: 409,
  limited: 429,
  unavailable: 503,
} as const;

export type ProblemKind = keyof typeof PROBLEM_STATUS;

/** One field that was refused: its name in the input and a sentence on what to do. */
export interface FieldProblem {
  readonly field: string;
  readonly sentence: string;
}

/** What goes over the wire as application/problem+json. */
export interface ProblemBody {
  readonly type: string;
  readonly kind: ProblemKind | 'bug';
  readonly title: string;
  readonly status: number;
  readonly sentence: string;
  readonly fields: readonly FieldProblem[];
  readonly instance?: string;
  /** For `conflict`: the version that is stored now. */
  readonly version?: number;
}

export interface ProblemExtra {
  readonly fields?: readonly FieldProblem[];
  readonly status?: 400 | 413 | 415;
  readonly retryAfterSeconds?: number;
  readonly version?: number;
  /** Done after the refusal has rolled its transaction back: the audit of a failed sign-in. */
  readonly afterwards?: () => Promise<unknown>;
}

const TITLES: Record<ProblemKind, string> = {
  invalid: 'The input is not valid',
  unauthenticated: 'Sign in first',
  forbidden: 'You may not do this',
  missing: 'Not found',
  conflict: 'Somebody changed this meanwhile',
  refused: 'Not possible now',
  limited: 'Too many requests',
  unavailable: 'Not available now',
};

/** A refusal that a person can act on. Thrown where it is known; everything else that is thrown is a bug. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly sentence: string;
  readonly extra: ProblemExtra;

  constructor(kind: ProblemKind, sentence: string, extra: ProblemExtra = {}) {
    super(sentence);
    this.name = 'Problem';
    this.kind = kind;
    this.sentence = sentence;
    this.extra = extra;
  }

  get status(): number {
    return this.extra.status ?? PROBLEM_STATUS[this.kind];
  }

  toBody(instance?: string): ProblemBody {
    return {
      type: `https://quarterdeck.invalid/problems/${this.kind}`,
      kind: this.kind,
      title: TITLES[this.kind],
      status: this.status,
      sentence: this.sentence,
      fields: this.extra.fields ?? [],
      ...(instance === undefined ? {} : { instance }),
      ...(this.extra.version === undefined ? {} : { version: this.extra.version }),
    };
  }
}

/** The refusal of one field of the input. */
export function invalidField(field: string, sentence: string): Problem {
  return new Problem('invalid', sentence, { fields: [{ field, sentence }] });
}

export function missing(what: string): Problem {
  return new Problem('missing', `${what} does not exist, or you may not see it.`);
}

export function refused(sentence: string): Problem {
  return new Problem('refused', sentence);
}

export function forbidden(sentence: string): Problem {
  return new Problem('forbidden', sentence);
}

/** Throws the rule's own sentence when a rule refuses. */
export function allow(refusal: string | undefined | null): void {
  if (refusal) throw refused(refusal);
}
