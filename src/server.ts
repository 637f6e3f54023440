import { readConfig, type Config } from '#kernel/config.ts';
import { openDesk } from '#kernel/open.ts';
import { StartRefused } from '#kernel/postgres/refused.ts';
import { demoLink } from './demo/replay.ts';
import { modules } from '#modules';

/** Runs a desk until it is told to stop; a second signal ends it at once. */
export async function serve(config: Config = readConfig()): Promise<void> {
  const open = await openDesk({ config, modules });
  let stoppingSince = 0;
  const stop = (signal: string) => {
    // npm passes a Ctrl-C on that the terminal has sent as well: only a later one means "at once".
    if (stoppingSince > 0 && Date.now() - stoppingSince > 1000) process.exit(1);
    if (stoppingSince > 0) return;
    stoppingSince = Date.now();
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
  if (config.demo) process.stdout.write(`  Signed in as the sample administrator: ${(await demoLink(open)) ?? 'nobody'}\n`);
  process.stdout.write('\n');
}

/** Says why the desk does not start, in one sentence, and ends with 1. */
export function refuseStart(error: unknown): never {
  process.stderr.write(error instanceof StartRefused ? `Quarterdeck does not start: ${error.sentence}\n` : `Quarterdeck does not start: ${(error as Error).stack}\n`);
  process.exit(1);
}

if (import.meta.main) await serve().catch(refuseStart);
