import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';

export interface Manifest {
  readonly quarterdeck: string;
  readonly madeAt: string;
  /** Names of the migrations in the database, in order. */
  readonly migrations: readonly string[];
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[]; readonly rows: number; readonly file: string; readonly sha256: string }[];
  readonly sequences: readonly { readonly name: string; readonly value: string; readonly called: boolean }[];
  /** Instant of the oldest log entry, for its partitions; null when the log is empty. */
  readonly activityFrom: string | null;
  /** QD_SECRET_KEY under a passphrase, only when it was asked for. */
  readonly key?: string;
}

/** The key sealed with a passphrase: scrypt, then AES-256-GCM. */
export function sealKey(key: string, passphrase: string): string {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32), iv);
  const text = Buffer.concat([cipher.update(key, 'utf8'), cipher.final()]);
  return [salt, iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.');
}

/** The key again; null when the passphrase is wrong. */
export function openKey(sealed: string, passphrase: string): string | null {
  const [salt, iv, tag, text] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
  if (!salt || !iv || !tag || !text) return null;
  const decipher = createDecipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32), iv);
  decipher.setAuthTag(tag);
  try {
    return decipher.update(text, undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}
