import { bytesOf } from '../rules/index.ts';

/** One answer of Redis (RESP 2): what it says, or why it refuses. `size` is how much of the text it takes. */
export type Reply = { readonly size: number } & ({ readonly value: ReplyValue } | { readonly refused: string });
export type ReplyValue = string | number | null | readonly ReplyValue[];

export function commandOf(words: readonly string[]): string {
  return `*${words.length}\r\n${words.map((word) => `$${bytesOf(word)}\r\n${word}\r\n`).join('')}`;
}

/** The first whole answer in what was received, bytes as latin1; undefined while some of it is missing. Throws when it is no answer of Redis. */
export function readReply(received: string, depth = 0): Reply | undefined {
  const end = received.indexOf('\r\n');
  if (end < 0) {
    if (received !== '' && !/^[+\-:$*]/.test(received)) throw new Error('it does not speak as Redis does');
    return undefined;
  }
  const [kind, line, head] = [received[0], received.slice(1, end), end + 2];
  if (kind === '+') return { size: head, value: line };
  if (kind === '-') return { size: head, refused: line };
  if (kind === ':' && /^-?\d+$/.test(line)) return { size: head, value: Number(line) };
  const count = /^-?\d{1,9}$/.test(line) ? Number(line) : Number.NaN;
  if (kind === '$' && count >= -1) {
    if (count < 0) return { size: head, value: null };
    return received.length < head + count + 2 ? undefined : { size: head + count + 2, value: received.slice(head, head + count) };
  }
  if (kind !== '*' || !(count >= -1) || depth > 8) throw new Error('it does not speak as Redis does');
  if (count < 0) return { size: head, value: null };
  const values: ReplyValue[] = [];
  let size = head;
  for (let left = count; left > 0; left -= 1) {
    const one = readReply(received.slice(size), depth + 1);
    if (!one) return undefined;
    values.push('value' in one ? one.value : one.refused);
    size += one.size;
  }
  return { size, value: values };
}
