import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createTransport } from 'nodemailer';
import { readConfig } from '#kernel/config.ts';
import { openTestDesk, type TestDesk } from '#testing/desk.ts';
import { freePort } from '#testing/server.ts';
import { listenForMail } from './smtp.ts';

describe('alerts by mail', () => {
  let desk: TestDesk;
  let key: string;
  let source: string;
  let port: number;
  before(async () => {
    port = await freePort();
    desk = await openTestDesk({ env: { QD_SMTP_LISTEN: `127.0.0.1:${port}` } });
    const made = await desk.alerts.createSource({ name: 'UPS' });
    key = made.key;
    source = made.source.number;
    assert.equal(made.addresses.find(({ format }) => format === 'Mail')?.address, `${key}@127.0.0.1`);
  });
  after(() => desk.close());

  async function mail(subject: string, more: object = {}): Promise<{ code: number; said: string }> {
    const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
    const sent = await transport.sendMail({ from: 'ups@example.com', to: `${key}@desk.example.com`, subject, text: 'Runtime left: 14 min.', ...more }).then(
      ({ response }) => ({ code: Number(response.slice(0, 3)), said: response }),
      (error: Error & { responseCode?: number }) => ({ code: error.responseCode ?? 0, said: error.message }),
    );
    transport.close();
    await desk.drain();
    return sent;
  }
  const newest = async () => (await desk.alerts.list({ limit: 1 })).items[0];

  it('become alerts, and end when the subject says so, in an answer or by the same matter', async () => {
    assert.deepEqual(await mail('CRITICAL: UPS rack-4 on battery', { messageId: '<first@rack>' }), { code: 250, said: '250 2.0.0 The mail is kept' });
    const alert = await newest();
    assert.deepEqual([alert?.title, alert?.severity, alert?.origin, alert?.state], ['CRITICAL: UPS rack-4 on battery', 'critical', 'ups@example.com', 'triggered']);
    await mail('CRITICAL: UPS rack-4 on battery');
    assert.equal((await newest())?.signalCount, 2);
    await mail('All is well: OK', { inReplyTo: '<first@rack>' });
    assert.deepEqual([(await newest())?.number, (await newest())?.state], [alert?.number, 'resolved'], 'an answer is about what it answers, whatever its subject');
    await mail('PROBLEM: Straße überflutet – 3 %', { to: `desk+${key.toUpperCase()}@desk.example.com` });
    assert.equal((await newest())?.title, 'PROBLEM: Straße überflutet – 3 %');
    await mail('RESOLVED: Straße überflutet – 3 %');
    assert.equal((await newest())?.state, 'resolved');
  });

  it('are read by a mapping when the source has one for mail', async () => {
    const { source: row, formats } = await desk.alerts.mapping({ number: source, format: 'email' });
    assert.deepEqual(formats, ['email']);
    const mapping = { title: '{mail.subject}', state: '{mail.headers.x-state}', stateWords: { gut: 'resolved' as const }, key: '{mail.from}', severity: '{mail.headers.x-grade}' };
    await desk.alerts.saveMapping({ number: source, version: row.version, format: 'email', mapping });
    await mail('Anything', { headers: { 'X-Grade': 'warning', 'X-State': 'schlecht' } });
    assert.deepEqual([(await newest())?.title, (await newest())?.severity], ['Anything', 'warning']);
    await mail('Something else', { headers: { 'X-State': 'gut' } });
    assert.deepEqual([(await newest())?.title, (await newest())?.state], ['Anything', 'resolved']);
  });

  it('are refused for unknown keys, other recipients and when too large, each with its own answer', async () => {
    assert.equal((await mail('x', { to: `${'0'.repeat(32)}@desk.example.com` })).code, 550);
    assert.equal((await mail('x', { to: 'somebody@elsewhere.example' })).code, 550, 'no relay');
    assert.equal((await mail('x', { text: 'x'.repeat(1_200_000) })).code, 552);
    const kept = (await desk.alerts.source({ number: source })).recent.filter(({ format }) => format === 'email');
    assert.ok(kept.every(({ body }) => !body.includes('xxxxxxxx')));
  });

  it('of strange making are kept and never an error', async () => {
    const said = await raw(port, [
      'EHLO x',
      'MAIL FROM:<>',
      `RCPT TO:<${key}@x>`,
      'DATA',
      `Subject: =?utf-8?B?broken\r\nContent-Type: multipart/mixed; boundary=x\r\nReferences: ${'<a@b> '.repeat(5000)}\r\n\r\n--x\r\n\r\n\u0000\u00ff\r\n.`,
      'QUIT',
    ]);
    assert.match(said, /250 2\.0\.0 The mail is kept/);
    await desk.drain();
    assert.equal((await desk.alerts.source({ number: source })).recent[0]?.format, 'email');
    assert.match(await raw(port, ['EHLO x', 'AUTH PLAIN AAA=', 'QUIT']), /\n5\d\d /, 'no passwords are taken');
  });

  it('are answered “later” while the database is away', async () => {
    const other = await freePort();
    const lost = await openTestDesk({ env: { QD_SMTP_LISTEN: `127.0.0.1:${other}` } });
    const { key: own } = await lost.alerts.createSource({ name: 'Lost' });
    const { pool, readPool } = lost.desk;
    await Promise.all([pool.end(), readPool.end()]);
    assert.match(await raw(other, ['EHLO x', 'MAIL FROM:<a@b.example>', `RCPT TO:<${own}@x>`, 'QUIT']), /\n451 4\.3\.0/);
    await lost.close().catch(() => undefined);
  });

  it('are taken in from ten connections of one address at a time', async () => {
    const sockets = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const socket = connect(port, '127.0.0.1').setEncoding('utf8');
        const [greeting] = (await once(socket, 'data')) as [string];
        return { socket, greeting };
      }),
    );
    assert.deepEqual(sockets.map(({ greeting }) => greeting.slice(0, 3)).toSorted(), [...Array.from({ length: 10 }, () => '220'), '421', '421']);
    for (const { socket } of sockets) socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal((await mail('After the crowd')).code, 250);
  });

  it('stop the start with a sentence when the port is taken', async () => {
    await assert.rejects(listenForMail(desk.desk), /QD_SMTP_LISTEN=127\.0\.0\.1:\d+ cannot be used/);
  });

  it('listen where they are told to, and nowhere by default', () => {
    assert.equal(readConfig({}).smtpListen, undefined);
    assert.deepEqual(readConfig({ QD_SMTP_LISTEN: '[::1]:2525' }).smtpListen, { host: '::1', port: 2525 });
    for (const wrong of ['2525', 'host', 'host:0', 'host:99999']) assert.throws(() => readConfig({ QD_SMTP_LISTEN: wrong }), /QD_SMTP_LISTEN is wrong/);
  });
});

/** Speaks line by line, waiting for each answer; gives everything that was said back. */
function raw(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const left = [...lines];
    let said = '';
    socket.setEncoding('utf8').setTimeout(10_000, () => socket.destroy(new Error(`no answer after ${said}`)));
    socket.on('data', (text: string) => {
      said += text;
      if (!/^\d{3} .*\r\n$/m.test(text)) return;
      const next = left.shift();
      if (next === undefined) socket.end();
      else socket.write(`${next}\r\n`, 'latin1');
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(said));
  });
}
