import type { Contract, In, Out, Verb, Verbs } from './contract.ts';
import type { ProblemBody } from './problem.ts';

export type ClientOf<C extends Contract> = {
  readonly [V in keyof C['verbs'] & string]: C['verbs'][V] extends Verb ? (input: In<C['verbs'][V]>, options?: CallOptions) => Promise<Out<C['verbs'][V]>> : never;
};

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly idempotencyKey?: string;
}

export interface Transport {
  /** Without a slash at the end; '' in a browser. */
  readonly baseUrl: string;
  readonly token?: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal of the server, with its problem document. */
export class Refusal extends Error {
  readonly problem: ProblemBody;
  constructor(problem: ProblemBody) {
    super(problem.sentence);
    this.name = 'Refusal';
    this.problem = problem;
  }
}

/** The typed client of one contract: one function per verb. */
export function clientOf<C extends Contract>(contract: C, transport: Transport): ClientOf<C> {
  const calls = Object.entries(contract.verbs as Verbs).map(([name, verb]) => [
    name,
    (input: Record<string, unknown> = {}, options: CallOptions = {}) => call(verb, input, transport, options),
  ]);
  return Object.fromEntries(calls) as ClientOf<C>;
}

/** Path and query of a GET, for links that open what a figure counts. */
export function addressOf(verb: Verb, input: Record<string, unknown>): { path: string; rest: Record<string, unknown> } {
  const rest = { ...input };
  const path = verb.path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = rest[key];
    delete rest[key];
    return encodeURIComponent(String(value));
  });
  return { path: `/api/v1${path}`, rest };
}

async function call(verb: Verb, input: Record<string, unknown>, transport: Transport, options: CallOptions): Promise<unknown> {
  const { path, rest } = addressOf(verb, input);
  const query = verb.method === 'GET' ? queryOf(rest) : '';
  const body = verb.method === 'GET' ? undefined : JSON.stringify(rest);
  const headers: Record<string, string> = { accept: 'application/json', ...transport.headers };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (transport.token) headers['authorization'] = `Bearer ${transport.token}`;
  if (options.idempotencyKey) headers['idempotency-key'] = options.idempotencyKey;
  const response = await (transport.fetch ?? globalThis.fetch)(`${transport.baseUrl}${path}${query}`, {
    method: verb.method,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(options.signal ? { signal: options.signal } : {}),
  });
  const answer: unknown = response.status === 204 ? null : await readJson(response);
  if (!response.ok) throw new Refusal(problemOf(answer, response.status));
  return answer;
}

async function readJson(response: Response): Promise<unknown> {
  const raw = await response.text();
  if (!raw.startsWith('{') && !raw.startsWith('[') && raw !== 'null') return null;
  return JSON.parse(raw);
}

function problemOf(answer: unknown, status: number): ProblemBody {
  if (answer !== null && typeof answer === 'object' && 'sentence' in answer) return answer as ProblemBody;
  return {
    type: 'about:blank',
    kind: 'unavailable',
    title: 'No answer',
    status,
    fields: [],
    sentence: `The desk answered ${status} without an explanation. Try again; if it stays, look into its log.`,
  };
}

function queryOf(rest: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(rest)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) query.append(key, String(one));
    }
  }
  const written = query.toString();
  return written === '' ? '' : `?${written}`;
}
