import type { Desk } from '#kernel/desk.ts';
import { listenMatrix } from './matrix.ts';
import { listenTelegram } from './telegram.ts';

/** How long a question to a chat waits for something to happen, and how long after one that failed. */
const WAIT_SECONDS = 25;
const AFTER_FAILURE_MS = 15_000;
const IDLE_MS = 10_000;

/** One round: asks, answers what came, and says whether there was anything to ask. */
type Listen = (desk: Desk, how: { readonly waitSeconds: number; readonly signal: AbortSignal }) => Promise<'listened' | 'nothing to do'>;

const LISTENERS: Readonly<Record<string, Listen>> = { telegram: listenTelegram, matrix: listenMatrix };

/** Buttons and replies of chats are fetched, so they need no public address. One node at a time listens to each. */
export function startListening(desk: Desk): () => Promise<void> {
  if (desk.config.role === 'web') return async () => undefined;
  const stop = new AbortController();
  const loops = Object.entries(LISTENERS).map(([name, listen]) => keepListening(desk, { name, listen, signal: stop.signal }));
  return async () => {
    stop.abort();
    await Promise.all(loops);
  };
}

async function keepListening(desk: Desk, { name, listen, signal }: { name: string; listen: Listen; signal: AbortSignal }): Promise<void> {
  // Not at once: most desks have neither, and a start should not wait for them.
  await pause(IDLE_MS, signal);
  while (!signal.aborted) {
    try {
      const did = await listen(desk, { waitSeconds: WAIT_SECONDS, signal });
      if (did === 'nothing to do') await pause(IDLE_MS, signal);
    } catch (error) {
      if (signal.aborted) return;
      desk.log.warn({ err: error, chat: name }, 'answers from a chat could not be fetched');
      await pause(AFTER_FAILURE_MS, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const timer = setTimeout(done, ms);
    timer.unref();
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    });
  });
}
