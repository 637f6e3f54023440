import { keepPreviousData, QueryClient, useInfiniteQuery, useMutation, useQuery, type InfiniteData } from '@tanstack/react-query';
import type { Contract, In, Out, Verb } from '#kernel/contract.ts';
import { clientOf, Refusal, type CallOptions } from '#kernel/client.ts';
import type { ShownProblem } from './ui/problem.ts';

/** One verb of a contract as a page calls it; `key` names it in the cache: "people.get". */
export interface Call<I, O> {
  (input: I, options?: CallOptions): Promise<O>;
  readonly key: string;
}

export type Api<C extends Contract> = {
  readonly [V in keyof C['verbs'] & string]: C['verbs'][V] extends Verb ? Call<In<C['verbs'][V]>, Out<C['verbs'][V]>> : never;
};

const made = new WeakMap<Contract, unknown>();
/** Kinds of records a contract owns, so that its lists are read again when one of them is new. */
const kindsOf = new Map<string, readonly string[]>();

let askSignIn = () => {};
/** Says what happens when the session has ended. */
export function onSignedOut(act: () => void): void {
  askSignIn = act;
}

async function watched<O>(call: Promise<O>): Promise<O> {
  try {
    return await call;
  } catch (error) {
    // A wrong code or password names its field; only an ended session does not.
    if (error instanceof Refusal && error.problem.kind === 'unauthenticated' && !error.problem.fields.length) askSignIn();
    throw error;
  }
}

/** The typed client of one contract, made when a page first asks for it. */
export function api<C extends Contract>(contract: C): Api<C> {
  const known = made.get(contract);
  if (known) return known as Api<C>;
  // A part of a contract names no kinds.
  if (!kindsOf.get(contract.name)?.length) kindsOf.set(contract.name, Object.keys(contract.kinds));
  const calls = Object.entries(clientOf(contract, { baseUrl: '' }) as unknown as Record<string, Call<unknown, unknown>>).map(([name, call]) => [
    name,
    Object.assign((input: unknown, options?: CallOptions) => watched(call(input, options)), { key: `${contract.name}.${name}` }),
  ]);
  const client = Object.fromEntries(calls) as Api<C>;
  made.set(contract, client);
  return client;
}

const passing = (error: unknown) => !(error instanceof Refusal) || error.problem.kind === 'unavailable' || error.problem.kind === 'limited';

export const cache = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, retry: (count, error) => passing(error) && count < 2, refetchOnWindowFocus: false } },
});

/** What a page shows of anything that was thrown. */
export function problemOf(error: unknown): ShownProblem {
  if (error instanceof Refusal) return error.problem;
  return { title: 'No answer.', sentence: 'The desk could not be reached. What you typed is kept; try again.', kind: 'unavailable' };
}

interface ReadOptions {
  readonly enabled?: boolean;
  /** Beginnings of events after which it is read again, besides those of the records it shows: "incident." */
  readonly on?: readonly string[];
}

/** Reads once and keeps it fresh by the live stream; `problem` is the refusal in words. */
export function useRead<I, O>(call: Call<I, O>, input: I, { enabled = true, on }: ReadOptions = {}) {
  const query = useQuery({
    queryKey: [call.key, input],
    queryFn: ({ signal }) => call(input, { signal }),
    placeholderData: keepPreviousData,
    enabled,
    ...(on && { meta: { on } }),
  });
  return {
    data: query.data,
    loading: query.isLoading,
    stale: query.isPlaceholderData,
    problem: query.error && !query.data ? problemOf(query.error) : undefined,
    again: () => void query.refetch(),
  };
}

interface Page {
  readonly items: readonly unknown[];
  readonly cursor: string | null;
}

/** Reads a list page by page; `onMore` is there while there is a next page. */
export function usePages<I extends object, O extends Page>(call: Call<I, O>, input: I, { enabled = true, on }: ReadOptions = {}) {
  const query = useInfiniteQuery({
    queryKey: [call.key, input],
    queryFn: ({ pageParam, signal }) => call(pageParam ? { ...input, cursor: pageParam } : input, { signal }),
    initialPageParam: '',
    getNextPageParam: (last: O) => last.cursor ?? undefined,
    placeholderData: keepPreviousData,
    enabled,
    ...(on && { meta: { on } }),
  });
  return {
    rows: (query.data?.pages.flatMap((page) => page.items) ?? []) as O['items'][number][],
    loading: query.isLoading || query.isFetchingNextPage,
    problem: query.error && !query.data ? problemOf(query.error) : undefined,
    again: () => void query.refetch(),
    onMore: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
  };
}

// Not randomUUID: browsers offer that only on HTTPS and localhost.
const freshKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Sends a change; `problem` is its refusal in words. Everything shown about the records it names is read again. */
export function useWrite<I, O>(call: Call<I, O>, done?: (answer: O, input: I) => void) {
  const change = useMutation({
    mutationFn: (input: I) => call(input, { idempotencyKey: freshKey() }),
    onSuccess: (answer, input) => {
      changed(call.key, { answer, input });
      done?.(answer, input);
    },
  });
  return {
    act: (input: I) => change.mutate(input),
    /** The same, for who waits for its end; rejects when it was refused. */
    send: (input: I) => change.mutateAsync(input),
    busy: change.isPending,
    problem: change.error ? problemOf(change.error) : undefined,
    clear: change.reset,
  };
}

/** For RecordForm: sends, and answers the problem when it was refused. */
export async function send<I, O>(call: Call<I, O>, input: I, done: (answer: O) => void): Promise<ShownProblem | undefined> {
  try {
    const answer = await call(input);
    changed(call.key, { answer, input });
    done(answer);
    return undefined;
  } catch (error) {
    return problemOf(error);
  }
}

const NUMBER = /"([A-Z]{2,4}-[0-9]+)"/g;

function changed(key: string, said: unknown): void {
  const numbers = new Set([...JSON.stringify(said ?? null).matchAll(NUMBER)].flatMap(([, found]) => (found ? [found] : [])));
  const contract = key.split('.')[0];
  void cache.invalidateQueries({
    predicate: ({ queryKey, state }) => String(queryKey[0]).split('.')[0] === contract || mentions({ queryKey, data: state.data }, numbers),
  });
}

function mentions(query: { readonly queryKey: readonly unknown[]; readonly data: unknown }, numbers: ReadonlySet<string>): boolean {
  if (!numbers.size) return false;
  const written = JSON.stringify([query.queryKey, query.data ?? null]);
  return [...numbers].some((number) => written.includes(`"${number}"`));
}

export interface Touched {
  readonly did: string;
  readonly record: { readonly number: string; readonly kind: string } | null;
}

const TIMELINE = 'records.timeline';

/** Reads again what shows one of these records, a list of their kind, or asked for such events. Timelines look after themselves. */
export function refresh(events: readonly Touched[]): void {
  const numbers = new Set(events.flatMap(({ record }) => (record ? [record.number] : [])));
  const kinds = new Set(events.flatMap(({ record }) => (record ? [record.kind] : [])));
  void cache.invalidateQueries({
    predicate: ({ queryKey, state, meta }) => {
      const key = String(queryKey[0]);
      if (key === TIMELINE) return false;
      const on = meta?.['on'] as readonly string[] | undefined;
      if (on?.some((start) => events.some(({ did }) => did.startsWith(start)))) return true;
      const own = kindsOf.get(key.split('.')[0] ?? '') ?? [];
      return own.some((kind) => kinds.has(kind)) ? isList(state.data) || mentions({ queryKey, data: state.data }, numbers) : mentions({ queryKey, data: state.data }, numbers);
    },
  });
}

const isList = (data: unknown): boolean => typeof data === 'object' && data !== null && ('items' in data || 'pages' in data);

export type Pages<O> = InfiniteData<O, string>;
