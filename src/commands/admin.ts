import pino from 'pino';
import { clientOf } from '#kernel/client.ts';
import { writeAs } from '#kernel/act.ts';
import { readConfig } from '#kernel/config.ts';
import { migrate } from '#kernel/migrate.ts';
import { openDesk } from '#kernel/open.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { contracts } from '#contracts';
import { modules } from '#modules';
import { resetByEmail } from '#capabilities/people/index.ts';
import { connection, databaseBeside } from './connection.ts';
import { readFlags, Usage } from './usage.ts';

const HOW = 'qd admin reset-link EMAIL [--drop-second-factor] · qd admin release [--drop-waiting] · qd admin migrate';

/** What must work when nobody can sign in: runs beside the database, with the rights of whoever holds it. */
export async function admin(parameters: readonly string[]): Promise<void> {
  const {
    positional: [what, subject],
    named,
  } = readFlags(parameters);
  if (what === 'migrate') {
    const { adminUrl, appUrl } = databaseBeside();
    await migrate(adminUrl, decodeURIComponent(new URL(appUrl).username), Date.now());
    process.stdout.write('The database is up to date.\n');
  } else if (what === 'release') {
    const { url, token } = connection();
    const answer = await clientOf(contracts.notify, { baseUrl: url, token }).release({ dropWaiting: named.has('drop-waiting') });
    process.stdout.write(`Released: ${answer.released} messages leave now, ${answer.dropped} were dropped.\n`);
  } else if (what === 'reset-link' && subject) {
    const { adminUrl, appUrl } = databaseBeside();
    const config = { ...readConfig(), databaseUrl: appUrl, databaseAdminUrl: adminUrl };
    const open = await openDesk({ config, modules, log: pino({ level: 'silent' }), work: 'when drained', migrated: true });
    const link = await writeAs(open.desk, SYSTEM, (ctx) => resetByEmail(ctx, { email: subject, dropSecondFactor: named.has('drop-second-factor') })).finally(() => open.close());
    process.stdout.write(`${link}\n`);
  } else throw new Usage(HOW);
}
