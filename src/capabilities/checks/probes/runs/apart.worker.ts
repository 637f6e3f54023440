import { parentPort } from 'node:worker_threads';
import { openOutgoing, Unreachable, type Outgoing } from '#kernel/outgoing.ts';
import type { ApartConfig, FromThread, ToThread } from './apart.ts';
import { ldap } from './ldap.ts';
import { mysql } from './mysql.ts';
import { postgresql } from './postgresql.ts';
import { ProbeFailed, type Around, type Found } from './run.ts';

// What libraries print about strange servers is no business of the desk's log.
console.error = console.warn = () => undefined;

const outgoing = openOutgoing([]);
const running = new Map<number, AbortController>();
const say = (message: FromThread): void => parentPort?.postMessage(message);

/** A door to one address, which the desk has checked: nothing is resolved again here. */
function doorTo(address: string): Outgoing {
  return { ...outgoing, resolve: async () => address, connect: (what) => outgoing.connect({ ...what, host: address, origin: 'environment' }) };
}

function run(config: ApartConfig, around: Around): Promise<Found> {
  if (config.kind === 'postgresql') return postgresql(config, around);
  return config.kind === 'mysql' ? mysql(config, around) : ldap(config, around);
}

parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'echo') return say({ kind: 'echo' });
  if (message.kind === 'end') return running.get(message.id)?.abort();
  const { id, config, address, now, timeoutMs } = message;
  const ending = new AbortController();
  running.set(id, ending);
  void run(config, { door: doorTo(address), origin: 'environment', now, timeoutMs, signal: ending.signal, heard: () => undefined, scriptDir: undefined })
    .then(
      (found) => say({ kind: 'found', id, found }),
      (error: unknown) =>
        error instanceof ProbeFailed || error instanceof Unreachable
          ? say({ kind: 'failed', id, words: error.sentence })
          : say({ kind: 'broken', id, words: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    )
    .finally(() => {
      running.delete(id);
      ending.abort();
    });
});
say({ kind: 'echo' });
