import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

interface Cost {
  readonly memory: number;
  readonly passes: number;
}

const derive = promisify(argon2) as (
  kind: 'argon2id',
  options: {
    message: string;
    nonce: Buffer;
    parallelism: number;
    tagLength: number;
    memory: number;
    passes: number;
  },
) => Promise<Buffer>;

/** OWASP's second choice for argon2id: 19 MiB, two passes (about 32 ms). */
const COST: Cost = { memory: 19_456, passes: 2 };

/** A PHC string: `$argon2id$v=19$m=…,t=…,p=1$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { message: password.normalize('NFKC'), nonce, parallelism: 1, tagLength: 32, ...COST });
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=1$${b64(nonce)}$${b64(tag)}`;
}

/** Whether the password is right. Takes as long when nobody has that e-mail, so that the answer's time tells nothing. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, kind, , cost, salt, tag] = (stored ?? NOBODYS).split('$');
  const numbers = /^m=(\d+),t=(\d+),p=1$/.exec(cost ?? '');
  if (kind !== 'argon2id' || !numbers || !salt || !tag) throw new Error('a stored password has an unknown form');
  const expected = Buffer.from(tag, 'base64');
  const actual = await derive('argon2id', {
    message: password.normalize('NFKC'),
    nonce: Buffer.from(salt, 'base64'),
    parallelism: 1,
    tagLength: expected.length,
    memory: Number(numbers[1]),
    passes: Number(numbers[2]),
  });
  return timingSafeEqual(actual, expected) && stored !== null;
}

const NOBODYS = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=1$${b64(Buffer.alloc(16, 7))}$${b64(Buffer.alloc(32, 7))}`;

function b64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
