import { useEffect, useSyncExternalStore } from 'react';
import { cache, refresh } from './api.ts';
import type { Entry } from '#kernel/records/contract.ts';
import { appendEntry } from './record/append.ts';

/** One entry of the log as the stream sends it: all that a timeline shows of it. */
export interface LiveEvent extends Omit<Entry, 'record'> {
  readonly record: (NonNullable<Entry['record']> & { readonly version: number }) | null;
}

type Said = { readonly entry: LiveEvent } | { readonly reset: true } | { readonly offlineSince: number | null } | { readonly hello: true };

/** At most one refresh a second, however much happens (decision 8). */
const PAUSE = 1000;
const STREAM = '/api/v1/events';

let offlineSince: number | undefined;
let waiting: LiveEvent[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;
let source: EventSource | undefined;
let channel: BroadcastChannel | undefined;
const followers = new Set<() => void>();
const listeners = new Set<(event: LiveEvent) => void>();

function setOffline(since: number | undefined) {
  if ((since === undefined) === (offlineSince === undefined)) return;
  const back = since === undefined;
  offlineSince = since;
  for (const each of followers) each();
  if (back) void cache.invalidateQueries();
}

function flush() {
  timer = undefined;
  const batch = waiting;
  waiting = [];
  refresh(batch);
}

function hear(entry: LiveEvent) {
  appendEntry(entry);
  for (const listener of listeners) listener(entry);
  waiting.push(entry);
  timer ??= setTimeout(flush, PAUSE);
}

function take(said: Said) {
  if ('entry' in said) hear(said.entry);
  else if ('reset' in said) void cache.invalidateQueries();
  else if ('offlineSince' in said) setOffline(said.offlineSince ?? undefined);
  else if (source) channel?.postMessage({ offlineSince: offlineSince ?? null } satisfies Said);
}

function tell(said: Said) {
  take(said);
  channel?.postMessage(said);
}

function open() {
  source?.close();
  const stream = new EventSource(STREAM);
  source = stream;
  stream.addEventListener('open', () => tell({ offlineSince: null }));
  stream.addEventListener('entry', (event) => tell({ entry: JSON.parse(event.data) as LiveEvent }));
  stream.addEventListener('reset', () => tell({ reset: true }));
  stream.addEventListener('error', () => {
    tell({ offlineSince: offlineSince ?? Date.now() });
    // The browser gives up after an answer that is not a stream: a proxy's error page, an ended session.
    if (stream.readyState === EventSource.CLOSED && source === stream) setTimeout(open, 5000);
  });
}

/** Opens the one stream of this browser: the tab that holds the lock reads it and passes everything on. Answers how to end it. */
export function startLive(): () => void {
  const end = new AbortController();
  channel = new BroadcastChannel('quarterdeck.live');
  channel.addEventListener('message', ({ data }) => take(data as Said));
  channel.postMessage({ hello: true } satisfies Said);
  const lead = () =>
    new Promise<void>((resolve) => {
      open();
      end.signal.addEventListener('abort', () => resolve());
    });
  // Web Locks exist only on HTTPS and localhost; elsewhere each tab reads for itself.
  if ('locks' in navigator) navigator.locks.request('quarterdeck.live', { signal: end.signal }, lead).catch(() => undefined);
  else void lead();
  return () => {
    end.abort();
    source?.close();
    channel?.close();
    source = undefined;
    channel = undefined;
  };
}

/** Tries the stream again now. */
export function retryLive(): void {
  if (source) open();
  else void cache.invalidateQueries();
}

function subscribe(follower: () => void) {
  followers.add(follower);
  return () => followers.delete(follower);
}

/** Since when the desk could not be reached, in milliseconds; nothing while it can. */
export const useOfflineSince = (): number | undefined => useSyncExternalStore(subscribe, () => offlineSince);

/** Calls `act` with every entry while the part is on the page. Pass a function that keeps its identity. */
export function useLiveEvents(act: (event: LiveEvent) => void): void {
  useEffect(() => {
    listeners.add(act);
    return () => void listeners.delete(act);
  }, [act]);
}
