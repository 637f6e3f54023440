import { readConfig } from '#kernel/config.ts';
import { kyselyOver, openPool } from '#kernel/database.ts';
import { StartRefused } from '#kernel/postgres/refused.ts';
import { verifySeals } from '#kernel/seals.ts';
import { openVault, secretKeyOf } from '#kernel/vault.ts';
import { databaseBeside } from './connection.ts';
import { readFlags, Usage } from './usage.ts';

/** `qd audit verify [--json]`: recomputes every seal beside the database; refused (1) when something was altered. */
export async function audit(parameters: readonly string[]): Promise<void> {
  const {
    positional: [what],
    named,
  } = readFlags(parameters);
  if (what !== 'verify') throw new Usage('qd audit verify');
  const pool = openPool({ url: databaseBeside().appUrl, max: 1, readOnly: 'read only', name: 'quarterdeck audit', onError: () => undefined });
  const verdict = await verifySeals(kyselyOver(pool), openVault(secretKeyOf(readConfig()))).finally(() => pool.end());
  if (named.has('json')) process.stdout.write(`${JSON.stringify(verdict)}\n`);
  if (!verdict.sound) throw new StartRefused(verdict.sentence);
  if (!named.has('json')) process.stdout.write(`${verdict.sentence}\n`);
}
