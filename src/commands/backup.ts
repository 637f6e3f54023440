import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { backup } from '#kernel/backup/backup.ts';
import { openKey } from '#kernel/backup/manifest.ts';
import { readBackup, restore } from '#kernel/backup/restore.ts';
import { readCommandEnvironment, readConfig } from '#kernel/config.ts';
import { startEmbedded, StartRefused } from '#kernel/postgres/index.ts';
import { keepSecretKey, secretKeyOf } from '#kernel/vault.ts';
import { databaseBeside } from './connection.ts';
import { readFlags, Usage } from './usage.ts';

/** `qd backup DIRECTORY [--with-key]`: the passphrase comes from the environment QUARTERDECK_PASSPHRASE. */
export async function backupCommand(parameters: readonly string[]): Promise<void> {
  const {
    positional: [directory],
    named,
  } = readFlags(parameters);
  if (!directory) throw new Usage('Name a new directory: qd backup /var/backups/quarterdeck/2026-11-21');
  const passphrase = named.has('with-key') ? passphraseOf() : undefined;
  const config = readConfig();
  const manifest = await backup({
    adminUrl: databaseBeside().adminUrl,
    directory,
    now: new Date().toISOString(),
    ...(passphrase ? { withKey: { key: secretKeyOf(config), passphrase } } : {}),
  });
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  process.stdout.write(
    `Backup in ${directory}: ${rows} rows of ${manifest.tables.length} tables. ${passphrase ? 'The secret key is in it, under your passphrase.' : 'The secret key is not in it: keep secret.key (or QD_SECRET_KEY) somewhere else, or use --with-key.'}\n`,
  );
}

/** `qd restore DIRECTORY`: into an empty database; stop the desk first. */
export async function restoreCommand(parameters: readonly string[]): Promise<void> {
  const {
    positional: [directory],
  } = readFlags(parameters);
  if (!directory) throw new Usage('Name the directory of the backup: qd restore /var/backups/quarterdeck/2026-11-21');
  const config = readConfig();
  const manifest = await readBackup(directory);
  if (manifest.key && !config.secretKey) {
    const key = openKey(manifest.key, passphraseOf());
    if (key === null) throw new StartRefused('The passphrase is wrong: the secret key in the backup cannot be opened.');
    keepSecretKey(config, key);
  } else if (!manifest.key && !config.secretKey && !existsSync(join(config.dataDir, 'secret.key'))) {
    throw new StartRefused(`The backup does not hold the secret key. Put the earlier secret.key into ${config.dataDir}, or set QD_SECRET_KEY, and run this again.`);
  }
  if (config.databaseUrl) {
    await restore({ adminUrl: config.databaseAdminUrl ?? config.databaseUrl, appRole: new URL(config.databaseUrl).username, directory, now: Date.now() });
  } else {
    const server = await startEmbedded({ dataDir: config.dataDir, log: () => undefined });
    await restore({ adminUrl: server.adminUrl, appRole: 'qd_app', directory, now: Date.now() }).finally(() => server.stop());
  }
  process.stdout.write(
    `Restored the backup of ${manifest.madeAt} (${readdirSync(directory).length - 1} tables). The desk starts held: nothing leaves it until you run qd admin release.\n`,
  );
}

function passphraseOf(): string {
  const { passphrase } = readCommandEnvironment();
  if (!passphrase || passphrase.length < 12) throw new Usage('Set QUARTERDECK_PASSPHRASE to the passphrase for the secret key (at least 12 characters).');
  return passphrase;
}
