import { randomFillSync, randomBytes, createHash, createHmac, timingSafeEqual } from 'node:crypto';

const pool = Buffer.alloc(4096);
let used = pool.length;
let lastMs = 0;
let counter = 0;

/** UUIDv7 (RFC 9562, method 1): 26 counter bits behind the time keep the ids of one millisecond in the order in which they were made. */
export function uuidv7(now: number): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  counter = now === lastMs ? (counter + 1) & 0x3ff_ffff : pool.readUInt32BE(used) & 0x1ff_ffff;
  lastMs = now;
  const time = Math.trunc(now).toString(16).padStart(12, '0');
  const tail = pool.toString('hex', used + 4, used + 10);
  used += 10;
  const high = (0x7000 | (counter >>> 14)).toString(16);
  const low = (0x8000 | (counter & 0x3fff)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-${high}-${low}-${tail}`;
}

/** Random secret of so many bytes, base64url. */
export function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

export function secretHex(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

export function sha256(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest();
}

export function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

export function equalSecrets(a: string | Buffer, b: string | Buffer): boolean {
  const left = sha256(a);
  return timingSafeEqual(left, sha256(b));
}

/** JSON with sorted keys: the canonical form that seals hash and that `jsonb` gives back unchanged. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const pairs = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`);
  return `{${pairs.join(',')}}`;
}
