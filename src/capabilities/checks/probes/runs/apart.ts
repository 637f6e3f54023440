import { Worker } from 'node:worker_threads';
import type { LdapConfig, MysqlConfig, PostgresqlConfig } from '../databases.ts';
import { familyOf, ProbeFailed, type Found, type Run } from './run.ts';

export type ApartConfig = PostgresqlConfig | MysqlConfig | LdapConfig;
export type ToThread =
  | { readonly kind: 'ask'; readonly id: number; readonly config: ApartConfig; readonly address: string; readonly now: number; readonly timeoutMs: number }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'echo' };
export type FromThread =
  | { readonly kind: 'found'; readonly id: number; readonly found: Found }
  | { readonly kind: 'failed' | 'broken'; readonly id: number; readonly words: string }
  | { readonly kind: 'echo' };

interface Ask {
  readonly message: Extract<ToThread, { kind: 'ask' }>;
  readonly resolve: (found: Found) => void;
  readonly reject: (error: Error) => void;
}

const LISTEN_MS = 250;
/** So often without an echo, a thread is taken to hang. */
const MISSED_MOST = 6;
const MEMORY_MB = 256;

interface Thread {
  ask(ask: Ask): void;
  end(id: number): void;
  stop(): void;
}

/** A thread that runs probes; `dead` gets what it had not answered when it hung or fell. */
function openThread(dead: (left: readonly Ask[]) => void): Thread {
  const worker = new Worker(new URL('./apart.worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
  const asks = new Map<number, Ask>();
  let missed = -1;
  let listening: NodeJS.Timeout | undefined;

  function answered(message: FromThread): void {
    missed = 0;
    if (message.kind === 'echo') return;
    const ask = asks.get(message.id);
    asks.delete(message.id);
    if (message.kind === 'found') ask?.resolve(message.found);
    else ask?.reject(message.kind === 'failed' ? new ProbeFailed(message.words) : new Error(message.words));
  }
  /** Its first echo may take long: it begins with reading its libraries. */
  function listen(): void {
    if (asks.size === 0 && missed === 0) {
      clearInterval(listening);
      listening = undefined;
      return;
    }
    if (missed >= MISSED_MOST) return void worker.terminate();
    if (missed >= 0) missed += 1;
    worker.postMessage({ kind: 'echo' } satisfies ToThread);
  }
  worker.on('message', answered);
  worker.on('error', () => undefined);
  worker.once('exit', () => {
    clearInterval(listening);
    dead([...asks.values()]);
  });
  // After its listeners: each of them would hold the process again.
  worker.unref();
  return {
    ask(ask) {
      asks.set(ask.message.id, ask);
      worker.postMessage(ask.message);
      listening ??= setInterval(listen, LISTEN_MS).unref();
    },
    end(id) {
      asks.delete(id);
      worker.postMessage({ kind: 'end', id } satisfies ToThread);
    },
    stop: () => void worker.terminate(),
  };
}

/** Where each run is, until it is over. */
const threads = new Map<number, Thread>();
let shared: Thread | undefined;
let last = 0;

/** One thread for all; what it leaves behind when it hangs is run once more, each in a thread of its own, so that only the culprit fails. */
function sharedThread(): Thread {
  shared ??= openThread((left) => {
    shared = undefined;
    for (const ask of left) {
      const alone = openThread(() => ask.reject(new ProbeFailed('its answer cannot be read: reading it did not end')));
      threads.set(ask.message.id, alone);
      alone.ask(ask);
    }
  });
  return shared;
}

/**
 * Databases and directories are talked to by libraries that trust the other side: a message made for it keeps some of them busy for ever.
 * They run apart, in a thread that can be ended, so that a check of a strange server never stops the desk that pages people.
 */
export const apart: Run<ApartConfig> = async (config, { door, origin, now, timeoutMs, signal }) => {
  const address = await door.resolve(config.host, origin, { timeoutMs, ...familyOf(config.ip) });
  if (signal.aborted) throw new ProbeFailed('its time is over');
  return new Promise((resolve, reject) => {
    const id = (last += 1);
    threads.set(id, sharedThread());
    signal.addEventListener(
      'abort',
      () => {
        const thread = threads.get(id);
        threads.delete(id);
        thread?.end(id);
        if (thread !== shared) thread?.stop();
      },
      { once: true },
    );
    threads.get(id)?.ask({ message: { kind: 'ask', id, config, address, now, timeoutMs }, resolve, reject });
  });
};
