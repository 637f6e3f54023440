import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Socket } from 'node:net';
import { createServer as createTls, TLSSocket } from 'node:tls';
import { test } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { around, certificate, directory, installed, listening, talking } from '#testing/probing.ts';
import { ProbeConfig, type RunConfig } from '../index.ts';
import { runOnce, type Outcome } from './index.ts';

const run = (given: object): Promise<Outcome> => runOnce(ProbeConfig.parse(given) as RunConfig, around);
const host = '127.0.0.1';
const noCertificates = installed('openssl') ? false : 'openssl is not installed';
/** What came out, without what differs from run to run. */
const of = ({ result, words, status }: Outcome) => [result, words, status];

test('SMTP: a greeting, STARTTLS with its certificate, and what refuses', { skip: noCertificates }, async (t) => {
  const { key, cert } = certificate(t, { days: 20 });
  const smtp = (options: object) => new SMTPServer({ logger: false, authOptional: true, key, cert, ...options });
  const open = smtp({ disabledCommands: ['STARTTLS'], banner: 'Sample mail' });
  const plain = await listening(t, open.server);
  open.server.on('connection', () => undefined);
  assert.deepEqual(of(await run({ kind: 'smtp', host, port: plain, expect: 'Sample mail' })), ['passed', '', 220]);
  assert.match((await run({ kind: 'smtp', host, port: plain, expect: 'Postfix' })).words, /it greets with .*Sample mail/);
  assert.equal((await run({ kind: 'smtp', host, port: plain, security: 'starttls' })).words, 'it does not offer STARTTLS');
  const starting = await listening(t, smtp({}).server);
  assert.equal((await run({ kind: 'smtp', host, port: starting, security: 'starttls' })).words, 'the certificate comes from an authority that is not known');
  const taken = await run({ kind: 'smtp', host, port: starting, security: 'starttls', verify: false });
  assert.deepEqual([taken.result, taken.measured['certificateDays']], ['passed', 19]);
  const whole = await listening(t, smtp({ secure: true }).server);
  assert.equal((await run({ kind: 'smtp', host, port: whole, security: 'tls', verify: false })).result, 'passed');
  const busy = await talking(t, (socket) => socket.end('421 too many connections\r\n'));
  assert.equal((await run({ kind: 'smtp', host, port: busy })).words, 'it answers 421 too many connections');
});

test('IMAP: a greeting in the clear, after STARTTLS and from the first byte', { skip: noCertificates }, async (t) => {
  const { key, cert } = certificate(t);
  const greet = (socket: Socket) => {
    socket.write('* OK [CAPABILITY IMAP4rev1 STARTTLS] Sample ready.\r\n');
    socket.on('data', (said: Buffer) => {
      if (!said.toString().includes('STARTTLS')) return void socket.end('* BYE\r\nq1 OK\r\n');
      socket.removeAllListeners('data');
      socket.write('q1 OK begin\r\n', () => new TLSSocket(socket, { isServer: true, key, cert }).on('error', () => undefined));
    });
  };
  const port = await talking(t, greet);
  assert.deepEqual(of(await run({ kind: 'imap', host, port, expect: 'Sample' })), ['passed', '', null]);
  const taken = await run({ kind: 'imap', host, port, security: 'starttls', verify: false });
  assert.deepEqual([taken.result, taken.words, taken.measured['certificateDays']], ['passed', '', 29]);
  const secure = createTls({ key, cert }, greet);
  assert.equal((await run({ kind: 'imap', host, port: await listening(t, secure), security: 'tls', verify: false })).result, 'passed');
  assert.equal((await run({ kind: 'imap', host, port: await talking(t, (socket) => void socket.write('+OK POP3\r\n')) })).words, 'it does not greet as an IMAP server');
});

test('SSH: the greeting of a server', async (t) => {
  const port = await talking(t, (socket) => void socket.write('Be warned.\r\nSSH-2.0-OpenSSH_9.6 Debian\r\n'));
  assert.equal((await run({ kind: 'ssh', host, port, expect: 'OpenSSH' })).result, 'passed');
  assert.equal((await run({ kind: 'ssh', host, port, expect: 'Dropbear' })).words, 'it greets with SSH-2.0-OpenSSH_9.6 Debian');
});

test(
  'SSH: the real server',
  { skip: installed('sshd') && installed('ssh-keygen') && existsSync('/run/sshd') ? false : 'sshd is not installed, or was never started' },
  async (t) => {
    const path = directory(t);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', `${path}/key`]);
    const port = await talking(t, (socket) => {
      // As inetd would start it: one connection, over its own input and output.
      const server = spawn(installed('sshd')!, ['-i', '-f', '/dev/null', '-h', `${path}/key`], { stdio: ['pipe', 'pipe', 'ignore'] });
      for (const each of [server.stdin, server.stdout]) each.on('error', () => undefined);
      socket.once('close', () => server.kill('SIGKILL'));
      socket.pipe(server.stdin);
      server.stdout.pipe(socket);
    });
    assert.equal((await run({ kind: 'ssh', host, port, expect: 'OpenSSH' })).words, '');
  },
);
