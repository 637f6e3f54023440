import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

/** A new secret of 160 bits in base32 (RFC 4226 asks for at least 128). */
export function newSecret(): string {
  return [...randomBytes(32)].map((byte) => ALPHABET[byte & 31]).join('');
}

/** The address that authenticator apps read from the QR code. */
export function secretUri(secret: string, account: string, issuer: string): string {
  return `otpauth://totp/${encodeURIComponent(`${issuer}:${account}`)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=6&period=30`;
}

/** Six digits of a time step (RFC 6238, HMAC-SHA1). */
export function codeOf(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', decode(secret)).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

export function stepOf(now: number): number {
  return Math.floor(now / STEP_MS);
}

/** The step a code is good for, one step of clock difference allowed; null when wrong or not newer than the last one used. */
export function acceptedStep(secret: string, code: string, when: { readonly now: number; readonly lastStep: number | null }): number | null {
  const given = Buffer.from(code.replace(/\s/g, '').padEnd(6, ' ').slice(0, 6));
  const current = stepOf(when.now);
  for (const step of [current, current - 1, current + 1]) {
    if (when.lastStep !== null && step <= when.lastStep) continue;
    if (timingSafeEqual(given, Buffer.from(codeOf(secret, step)))) return step;
  }
  return null;
}

function decode(secret: string): Buffer {
  const bits = [...secret.toUpperCase().replace(/=+$/, '')].map((c) => ALPHABET.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
