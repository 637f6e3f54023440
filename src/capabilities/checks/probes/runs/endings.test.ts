import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { test } from 'node:test';
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
