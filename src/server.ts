import { readConfig } from '#kernel/config.ts';
import { openDesk } from '#kernel/open.ts';
import { StartRefused } from '#kernel/postgres/refused.ts';
import { modules } from '#modules';

/** Runs a desk until it is told to stop; a second signal ends it at once. */
export async function serve(): Promise<void> {
  const open = await openDesk({ config: readConfig(), modules });
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    open.desk.log.info({ signal }, 'stopping: no new requests, running work is finished');
    void open.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
  const address = await open.listen().catch(async (error: unknown) => {
    await open.close();
    throw error;
  });
  process.stdout.write(`\n  Quarterdeck is open at ${address}\n`);
  if (open.desk.state.setupLink) process.stdout.write(`  Set it up (this link works once): ${open.desk.state.setupLink}\n`);
  process.stdout.write('\n');
}

/** Says why the desk does not start, in one sentence, and ends with 1. */
export function refuseStart(error: unknown): never {
  process.stderr.write(error instanceof StartRefused ? `Quarterdeck does not start: ${error.sentence}\n` : `Quarterdeck does not start: ${(error as Error).stack}\n`);
  process.exit(1);
}

if (import.meta.main) await serve().catch(refuseStart);
