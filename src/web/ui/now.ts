import { createContext, use, useSyncExternalStore } from 'react';
import { MINUTE, SECOND, ms, type Instant } from './time.ts';

let ahead = 0;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** Sets the page's clock by the server's, so that a countdown is right on a device whose clock is wrong. */
export function correctClock(serverNow: Instant): void {
  ahead = ms(serverNow) - Date.now();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const each of listeners) each();
  }, SECOND);
  return () => {
    listeners.delete(listener);
    if (listeners.size) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const rounded = (unit: number) => () => Math.floor((Date.now() + ahead) / unit) * unit;

const snapshots = { second: rounded(SECOND), minute: rounded(MINUTE) };

/** The present in milliseconds; renders again each second or minute. All parts share one timer. */
export const useNow = (unit: 'second' | 'minute' = 'second'): number => useSyncExternalStore(subscribe, snapshots[unit]);

const Zone = createContext(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');

/** Sets the viewer's zone (IANA name) when it is not that of the device. */
export const ZoneProvider = Zone.Provider;
export const useZone = (): string => use(Zone);
