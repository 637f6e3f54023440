import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { around, talking } from '#testing/probing.ts';
import { ProbeConfig, type RunConfig } from '../index.ts';
import { runOnce, type Outcome } from './index.ts';

const run = (given: object): Promise<Outcome> => runOnce(ProbeConfig.parse(given) as RunConfig, around);
const host = '127.0.0.1';
/** What came out, without what differs from run to run. */
const of = ({ result, words, status }: Outcome) => [result, words, status];

/** Each must be over soon after its second, whatever the other side does. */
async function endsInTime(given: object, words: RegExp): Promise<void> {
  const began = performance.now();
  const outcome = await run({ ...given, timeoutSeconds: 1 });
  const took = performance.now() - began;
  assert.equal(outcome.result, 'failed');
  assert.match(outcome.words, words);
  assert.ok(took > 900 && took < 4000, `${JSON.stringify(given)} took ${Math.round(took)} ms`);
}

test('a server that accepts and never answers ends every probe in time', async (t) => {
  const port = await talking(t, () => undefined);
  const login = { host, port, user: 'u', password: 'p' };
  const silent = /no answer within 1 s|did not answer within 1 s/;
  await Promise.all([
    endsInTime({ kind: 'http', url: `http://127.0.0.1:${port}/` }, silent),
    endsInTime({ kind: 'http', url: `https://127.0.0.1:${port}/` }, silent),
    endsInTime({ kind: 'tcp', host, port, send: 'hello', expect: 'x' }, silent),
    endsInTime({ kind: 'tls', host, port }, silent),
    endsInTime({ kind: 'smtp', host, port }, silent),
    endsInTime({ kind: 'smtp', host, port, security: 'tls' }, silent),
    endsInTime({ kind: 'imap', host, port }, silent),
    endsInTime({ kind: 'ssh', host, port }, silent),
    endsInTime({ kind: 'postgresql', ...login }, silent),
    endsInTime({ kind: 'postgresql', ...login, tls: 'on' }, silent),
    endsInTime({ kind: 'mysql', ...login }, silent),
    endsInTime({ kind: 'redis', host, port }, silent),
    endsInTime({ kind: 'ldap', ...login }, silent),
    endsInTime({ kind: 'ldap', ...login, security: 'starttls' }, silent),
    endsInTime({ kind: 'prometheus', url: `http://127.0.0.1:${port}`, query: 'up' }, silent),
    endsInTime({ kind: 'domain', domain: 'example.com', server: `http://127.0.0.1:${port}` }, silent),
  ]);
});

test('a server that drips a byte at a time, or never closes, ends in time too', async (t) => {
  const drip = (before: string) => (socket: Socket) => {
    socket.write(before);
    const timer = setInterval(() => socket.write('x'), 100);
    socket.once('close', () => clearInterval(timer));
  };
  const http = await talking(t, drip('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n'));
  const plain = await talking(t, drip(''));
  const smtp = await talking(t, drip('220-'));
  await Promise.all([
    endsInTime({ kind: 'http', url: `http://127.0.0.1:${http}/`, text: 'never' }, /within 1 s/),
    endsInTime({ kind: 'tcp', host, port: plain, expect: 'never' }, /^the answer is "x+"$/),
    endsInTime({ kind: 'smtp', host, port: smtp }, /within 1 s/),
    endsInTime({ kind: 'ssh', host, port: plain }, /within 1 s/),
  ]);
  const open = await talking(t, (socket) => void socket.write('HTTP/1.1 200 OK\r\n\r\nall is well'));
  assert.deepEqual(of(await run({ kind: 'http', url: `http://127.0.0.1:${open}/` })), ['passed', '', 200]);
});

test('a flood of single bytes does not keep the desk busy', async (t) => {
  const port = await talking(t, (socket) => {
    socket.setNoDelay(true);
    const timer = setInterval(() => {
      for (let left = 200; left > 0 && !socket.destroyed; left -= 1) socket.write('x');
    }, 1);
    socket.once('close', () => clearInterval(timer));
  });
  const busy = process.cpuUsage();
  assert.equal((await run({ kind: 'tcp', host, port, expect: '(x|y)*z$', match: 'pattern', timeoutSeconds: 2 })).result, 'failed');
  assert.ok(process.cpuUsage(busy).user < 2_500_000, 'most of it is the flood itself');
});

test('an answer without end is cut off, not kept', async (t) => {
  const port = await talking(t, (socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write('x'.repeat(65_536)));
    };
    socket.on('drain', pour);
    pour();
  });
  assert.match((await run({ kind: 'tcp', host, port, expect: 'never' })).words, /the answer is "x+"|more than is waited for/);
  assert.match((await run({ kind: 'ssh', host, port })).words, /does not greet as an SSH server/);
  assert.match((await run({ kind: 'redis', host, port })).words, /does not speak as Redis does/);
});

test('an answer made to keep its reader busy for ever stops neither the desk nor the checks beside it', async (t) => {
  // An error of PostgreSQL without its end: the library looks for it behind the last byte, and never stops.
  const evil = await talking(t, (socket) => void socket.write(Buffer.from('E\0\0\0\x05x', 'latin1')));
  const slow = await talking(t, (socket) => void setTimeout(() => socket.end(), 400));
  const login = { host, user: 'u', password: 'p' };
  let ticks = 0;
  const ticking = setInterval(() => (ticks += 1), 50);
  const [hung, beside] = await Promise.all([run({ kind: 'postgresql', ...login, port: evil, timeoutSeconds: 6 }), run({ kind: 'mysql', ...login, port: slow, timeoutSeconds: 6 })]);
  clearInterval(ticking);
  assert.match(hung.words, /reading it did not end|no answer within 6 s/);
  assert.match(beside.words, /closed the connection|Connection lost/i);
  assert.ok(ticks > 20, `the desk went on: ${ticks} ticks`);
  assert.match((await run({ kind: 'ldap', ...login, port: slow })).words, /closed|ended|socket/i);
});

test('whatever the other side says, and however it breaks off, a run ends with words', async (t) => {
  const said = [
    '',
    'HTTP/1.1 200 OK\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nab',
    '220 hi\r\n',
    '* OK\r\n',
    'SSH-',
    '+OK\r\n',
    '$5\r\nab',
    '*9999999\r\n',
    'S',
    'N',
    'R\0\0\0\x08\0\0\0\x03',
    'E\0\0\0\x05x',
  ];
  // The first packet of MySQL and a bind answer of LDAP, both cut or spoilt below.
  const packets = [
    '\x4a\0\0\0\x0a8.0.36\0\x08\0\0\0abcdefgh\0\xff\xf7\xff\x02\0\xff\xdf\x15\0\0\0\0\0\0\0\0\0\0abcdefghijkl\0caching_sha2_password\0',
    '0\x0c\x02\x01\x01a\x07\n\x01\0\x04\0\x04\0',
    '\x16\x03\x03\0\x31\x02\0\0',
  ];
  const spoilt = fc.oneof(
    fc.constantFrom(...said, ...packets).map((text) => Buffer.from(text, 'latin1')),
    fc.tuple(fc.constantFrom(...packets), fc.nat(80), fc.nat(255)).map(([text, at, byte]) => {
      const bytes = Buffer.from(text, 'latin1');
      bytes[at % bytes.length] = byte;
      return bytes;
    }),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  let turn: { first: Buffer; second: Buffer; ends: string } = { first: Buffer.alloc(0), second: Buffer.alloc(0), ends: 'reset' };
  const port = await talking(t, (socket) => {
    const { first, second, ends } = turn;
    socket.write(first);
    socket.on('data', () => {
      if (socket.destroyed) return;
      socket.write(second, () => {
        if (ends === 'reset') socket.resetAndDestroy();
        else if (ends === 'end') socket.end();
      });
    });
    if (second.length === 0) setTimeout(() => (ends === 'reset' ? socket.resetAndDestroy() : socket.end()), 5);
  });
  const login = { host, port, user: 'u', password: 'pass' };
  const kinds = [
    { kind: 'http', url: `http://127.0.0.1:${port}/`, text: 'x' },
    { kind: 'http', url: `https://127.0.0.1:${port}/`, verify: false },
    { kind: 'tcp', host, port, expect: 'never here' },
    { kind: 'tls', host, port, verify: false },
    ...['none', 'starttls', 'tls'].flatMap((security) => ['smtp', 'imap'].map((kind) => ({ kind, host, port, security, verify: false, expect: 'never here' }))),
    { kind: 'ssh', host, port, expect: 'never here' },
    ...['off', 'on'].flatMap((tls) => ['postgresql', 'mysql', 'redis'].map((kind) => ({ kind, ...login, tls, verify: false, conditions: ['[BODY] == never here'] }))),
    ...['none', 'starttls', 'tls'].map((security) => ({ kind: 'ldap', ...login, security, verify: false, base: 'dc=x', entriesLeast: 5 })),
    { kind: 'prometheus', url: `http://127.0.0.1:${port}`, query: 'up' },
    { kind: 'domain', domain: 'example.com', server: `http://127.0.0.1:${port}` },
  ];
  const broken: unknown[] = [];
  const keep = (error: unknown) => void broken.push(error);
  process.on('uncaughtException', keep);
  process.on('unhandledRejection', keep);
  await fc.assert(
    fc.asyncProperty(fc.record({ first: spoilt, second: spoilt, ends: fc.constantFrom('reset', 'end') }), async (given) => {
      turn = given;
      const outcomes = await Promise.all(kinds.map((kind) => run({ ...kind, timeoutSeconds: 1 })));
      for (const [index, { result, words }] of outcomes.entries()) {
        assert.equal(result, 'failed', JSON.stringify(kinds[index]));
        assert.notEqual(words, '');
      }
    }),
    { numRuns: 6, endOnFailure: true },
  );
  process.off('uncaughtException', keep);
  process.off('unhandledRejection', keep);
  assert.deepEqual(broken, []);
});
