import { Worker } from 'node:worker_threads';
import type { ImporterName } from '../importers/index.ts';
import type { InputFile, Reading } from '../importers/reading.ts';

const LONGEST_MS = 60_000;
const MEMORY_MB = 768;

function unread(code: string, sentence: string): Reading {
  const finding = { level: 'error' as const, code, file: null, line: null, subject: null, value: null, sentence };
  return { things: [], relations: [], redundancy: [], owners: [], findings: [finding], complete: false, states: [] };
}

/** Reads a source in a thread with limits of its own: what somebody uploads neither stops nor fills the desk that pages people. */
export function readApart(format: ImporterName, files: readonly InputFile[], options: unknown): Promise<Reading> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./reading.worker.ts', import.meta.url), { workerData: { format, files, options }, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    const finish = (reading: Reading) => {
      clearTimeout(timer);
      resolve(reading);
      void worker.terminate();
    };
    const timer = setTimeout(() => finish(unread('too-long', `Reading took more than ${LONGEST_MS / 1000} s and was stopped. Give it fewer or smaller files.`)), LONGEST_MS);
    worker.once('message', (reading: Reading) => finish(reading));
    worker.once('error', (error: Error & { code?: string }) => {
      const full = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      finish(
        full
          ? unread('too-large', `Reading needed more than ${MEMORY_MB} MB and was stopped. Give it fewer or smaller files.`)
          : // The message of an error may hold a piece of what was read, a password too.
            unread('unreadable', 'The source could not be read: its reader stopped with a fault of the desk. Tell an administrator which format and file it was.'),
      );
    });
    worker.once('exit', () => finish(unread('unreadable', 'Reading ended without an answer.')));
  });
}
