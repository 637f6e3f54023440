import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.ts';
import type { Db } from './database.ts';
import { jsonb } from './database.ts';
import { equalSecrets, hmac } from './ids.ts';
import { StartRefused } from './postgres/refused.ts';

/** Keys derived from QD_SECRET_KEY (HKDF-SHA256), one per purpose. */
export interface Vault {
  /** AES-256-GCM, `v1.<iv>.<tag>.<text>` in base64url. */
  encrypt(plain: string): string;
  decrypt(sealed: string): string;
  /** HMAC-SHA256 for links, webhooks and seals. */
  sign(purpose: string, text: string): Buffer;
}

export function openVault(secretKey: string): Vault {
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secretKey, 'quarterdeck', purpose, 32));
  const cipherKey = derive('vault');
  const signing = new Map<string, Buffer>();
  return {
    encrypt(plain) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', cipherKey, iv);
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return ['v1', iv, cipher.getAuthTag(), text].map((p) => (typeof p === 'string' ? p : p.toString('base64url'))).join('.');
    },
    decrypt(sealed) {
      const [kind, iv, tag, text] = sealed.split('.');
      if (kind !== 'v1' || !iv || !tag || text === undefined) throw new Error('a stored secret has an unknown form');
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, Buffer.from(iv, 'base64url'));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return decipher.update(Buffer.from(text, 'base64url'), undefined, 'utf8') + decipher.final('utf8');
    },
    sign(purpose, text) {
      const key = signing.get(purpose) ?? derive(`sign ${purpose}`);
      signing.set(purpose, key);
      return hmac(key, text);
    },
  };
}

/** The key from the environment, or the one kept in the data directory (embedded), made when absent. */
export function secretKeyOf(config: Config): string {
  if (config.secretKey) return config.secretKey;
  const path = join(config.dataDir, 'secret.key');
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const fresh = randomBytes(32).toString('base64url');
  keepSecretKey(config, fresh);
  return fresh;
}

/** Keeps a key in the data directory, for the embedded database. */
export function keepSecretKey(config: Config, key: string): void {
  mkdirSync(config.dataDir, { recursive: true });
  writeFileSync(join(config.dataDir, 'secret.key'), `${key}\n`, { mode: 0o600, flag: 'wx' });
}

/** The database remembers a check value of its key: a wrong key stops the start instead of losing every secret. */
export async function checkKey(db: Db, vault: Vault, at: string): Promise<void> {
  const value = vault.sign('key check', 'quarterdeck').toString('hex');
  await db
    .insertInto('setting')
    .values({ name: 'key-check', value: jsonb(value), changedAt: at })
    .onConflict((c) => c.column('name').doNothing())
    .execute();
  const stored = await db.selectFrom('setting').select('value').where('name', '=', 'key-check').executeTakeFirstOrThrow();
  if (!equalSecrets(String(stored.value), value)) {
    throw new StartRefused('QD_SECRET_KEY is not the key this database was made with. Set the earlier key (embedded: the file secret.key in the data directory).');
  }
}
