import pino from 'pino';
import notify from '#capabilities/notify/index.ts';
import people from '#capabilities/people/index.ts';
import { readConfig } from '#kernel/config.ts';
import { openDesk } from '#kernel/open.ts';
import records from '#kernel/records/index.ts';
import { tasksOf } from '#kernel/worker.ts';

/**
 * A process that does nothing but send what is due, to be killed in the middle of it: its first argument is the instant
 * at which its clock begins. It says `ready` once it is about to claim.
 */
const began = Number(process.argv[2]);
const up = performance.now();
const clock = { now: () => Math.floor(began + performance.now() - up) };
const open = await openDesk({ config: readConfig(), modules: [records, people, notify], clock, log: pino({ level: 'silent' }), work: 'when drained', migrated: true });
const deliver = tasksOf(open.desk).get('notify.deliver');
process.stdout.write('ready\n');
for (;;) {
  // A database that is away for a moment is what some of the tests are about.
  await deliver?.(open.desk, {}).catch(() => undefined);
  await new Promise((next) => setTimeout(next, 10));
}
