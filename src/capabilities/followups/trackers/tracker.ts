export interface Settings {
  /** Without a slash at the end. */
  readonly address: string;
  readonly project: string;
  readonly account: string;
  readonly token: string;
}

export interface Request {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface NewIssue {
  readonly title: string;
  readonly text: string;
}

export interface Made {
  readonly key: string;
  readonly url: string;
}

/** Done: closed as finished. Dropped: closed as something nobody will do. */
export type IssueState = 'open' | 'done' | 'dropped';

/** One kind of issue tracker: what to ask it, and how to read its answers. It does no I/O itself. */
export interface Tracker {
  readonly word: string;
  /** Where it is unless somebody says otherwise; empty when every company has its own. */
  readonly address: string;
  /** Why a project cannot be meant, as a sentence. */
  refuseProject(project: string): string | undefined;
  readonly needsAccount: boolean;
  create(settings: Settings, issue: NewIssue): Request;
  /** Nothing when the answer is not understood. */
  made(settings: Settings, answer: unknown): Made | undefined;
  look(settings: Settings, key: string): Request;
  state(answer: unknown): IssueState | undefined;
}
