import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { createServer as createTls, type Server as TlsServer } from 'node:tls';
import { test } from 'node:test';
import { around, certificate, installed, listening, talking } from '#testing/probing.ts';
import { ProbeConfig, type RunConfig } from '../index.ts';
import { runOnce, type Outcome } from './index.ts';

const run = (given: object): Promise<Outcome> => runOnce(ProbeConfig.parse(given) as RunConfig, around);
const host = '127.0.0.1';
const noCertificates = installed('openssl') ? false : 'openssl is not installed';
/** What came out, without what differs from run to run. */
const of = ({ result, words, status }: Outcome) => [result, words, status];

test('HTTP: method, headers, body and login are sent, and conditions look at the whole answer', async (t) => {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () =>
      response
        .setHeader('x-node', 'a-1')
        .end(JSON.stringify({ method: request.method, key: request.headers['x-api-key'], login: request.headers.authorization, body, length: body.length })),
    );
  });
  const url = `http://127.0.0.1:${await listening(t, server)}/`;
  const given = { kind: 'http', url, method: 'POST', headers: [{ name: 'X-Api-Key', value: 'k1' }], body: '{"ask":1}', user: 'u', password: 'p:w' };
  const good = [
    '[BODY].method == POST',
    '[BODY].key == k1',
    '[BODY].login == Basic dTpwOnc=',
    '[BODY].length == 9',
    '[HEADERS].x-node == pat(a-*)',
    '[STATUS] == any(200, 204)',
    '[IP] == 127.0.0.1',
    '[RESPONSE_TIME] < 5s',
  ];
  assert.deepEqual(of(await run({ ...given, conditions: good })), ['passed', '', 200]);
  assert.deepEqual(of(await run({ ...given, token: 't', user: '', password: '', conditions: ['[BODY].login == Bearer other'] })), [
    'failed',
    'not so: [BODY].login (Bearer t) == Bearer other',
    200,
  ]);
  assert.match((await run({ ...given, ip: '6' })).words, /is not an address of IPv6/);
});

test('HTTP: a redirect is followed as browsers do, and no header of the check goes to another server', async (t) => {
  const seen: (string | undefined)[] = [];
  const other = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers.authorization} ${String(request.headers['x-api-key'])}`);
    response.end('here');
  });
  const otherUrl = `http://127.0.0.1:${await listening(t, other)}/`;
  const first = createServer((request, response) => response.writeHead(request.url === '/again' ? 302 : 303, { location: request.url === '/again' ? '/again' : otherUrl }).end());
  const url = `http://127.0.0.1:${await listening(t, first)}`;
  const given = { kind: 'http', method: 'POST', body: 'x', token: 'secret', headers: [{ name: 'X-Api-Key', value: 'k1' }], text: 'here' };
  assert.deepEqual(of(await run({ ...given, url: `${url}/` })), ['passed', '', 200]);
  assert.deepEqual(seen, ['GET undefined undefined']);
  assert.deepEqual(of(await run({ ...given, url: `${url}/`, redirects: 0 })), ['failed', 'status 303', 303]);
  assert.deepEqual(of(await run({ ...given, url: `${url}/again`, redirects: 3 })), ['failed', 'status 302', 302]);
});

test('HTTPS: a certificate of nobody is refused unless the check takes it, and its end is told', { skip: noCertificates }, async (t) => {
  const { key, cert } = certificate(t, { days: 9 });
  const port = await listening(
    t,
    createSecure({ key, cert }, (_request, response) => response.end('ok')),
  );
  const given = { kind: 'http', url: `https://127.0.0.1:${port}/` };
  assert.match((await run(given)).words, /certificate/);
  const taken = await run({ ...given, verify: false, conditions: ['[CERTIFICATE_EXPIRATION] > 200h'] });
  assert.deepEqual([taken.result, taken.measured['certificateDays']], ['passed', 8]);
});

test('TCP: what is sent and what is expected, as text or as a pattern that cannot hang', async (t) => {
  const port = await talking(t, (socket) => socket.once('data', (said: Buffer) => socket.end(`${said.toString().trim()} yourself ${'a'.repeat(5000)}\r\n`)));
  assert.equal((await run({ kind: 'tcp', host, port })).result, 'passed');
  assert.deepEqual(of(await run({ kind: 'tcp', host, port, send: 'hello\\r\\n', expect: 'hello yourself', conditions: ['[BODY] == pat(hello*)', '[CONNECTED] == true'] })), [
    'passed',
    '',
    null,
  ]);
  assert.match((await run({ kind: 'tcp', host, port, send: 'x\\n', expect: '^(hello|bye)', match: 'pattern' })).words, /^the answer is "x yourself/);
  const began = performance.now();
  assert.equal((await run({ kind: 'tcp', host, port, send: 'x\\n', expect: '(a*)*(a*)*b$', match: 'pattern' })).result, 'failed');
  assert.ok(performance.now() - began < 3000, 'a pattern made to hang does not');
  assert.match((await run({ kind: 'tcp', host, port, expect: '(', match: 'pattern' })).words, /is not a pattern/);
  assert.match((await run({ kind: 'tcp', host, port: 1 })).words, /does not answer: .*ECONNREFUSED/);
  assert.match((await run({ kind: 'tcp', host: '169.254.169.254', port: 80 })).words, /is a reserved address/);
  assert.match((await run({ kind: 'tcp', host: 'nowhere.invalid', port: 80 })).words, /cannot be resolved/);
});

function tlsOn(t: Parameters<typeof listening>[0], issued: { key: string; cert: string }, options: object = {}): Promise<number> {
  const server: TlsServer = createTls({ ...issued, ...options }, (socket) => socket.on('error', () => undefined));
  server.on('tlsClientError', () => undefined);
  return listening(t, server);
}

test('TLS: trust, days of the certificate and of its chain, name and protocol', { skip: noCertificates }, async (t) => {
  const issued = certificate(t, { days: 30, authorityDays: 12 });
  const { authority } = issued;
  const port = await tlsOn(t, issued);
  const given = { kind: 'tls', host, port, authority };
  const good = await run(given);
  assert.deepEqual([good.result, good.words, good.measured], ['passed', '', { certificateDays: 29, chainDays: 11 }]);
  const [leaf, above] = good.certificates ?? [];
  assert.deepEqual([leaf?.issuer, leaf?.names.includes('127.0.0.1'), above?.subject, good.certificates?.length], ['Test authority', true, 'Test authority', 2]);
  assert.ok(leaf!.endsAt > above!.endsAt && leaf!.startsAt < leaf!.endsAt);
  assert.equal((await run({ ...given, daysLeast: 20 })).words, 'a certificate of its chain ends in 11 days');
  assert.equal((await run({ ...given, daysLeast: 40 })).words, 'the certificate ends in 29 days');
  assert.equal((await run({ ...given, authority: '' })).words, 'the certificate comes from an authority that is not known');
  assert.equal((await run({ ...given, authority: '', verify: false })).result, 'passed');
  assert.equal((await run({ ...given, serverName: 'other.example.com' })).words, 'the certificate is made for another name');
  const old = await tlsOn(t, issued, { maxVersion: 'TLSv1.2' });
  assert.equal((await run({ ...given, port: old, protocolLeast: 'TLSv1.3' })).words, 'it speaks TLSv1.2, TLSv1.3 is the least');
  const plain = await talking(t, (socket) => void socket.write('220 hello\r\n'));
  assert.match((await run({ ...given, port: plain })).words, /no encryption could be agreed on/);
});

test('Prometheus and RDAP answer over the same door', async (t) => {
  const server = createServer((request, response) => {
    const at = new Date(around.now + 40.5 * 86_400_000).toISOString();
    if (request.url?.startsWith('/domain/')) response.end(JSON.stringify({ events: [{ eventAction: 'expiration', eventDate: at }] }));
    else if (request.url === '/prom/api/v1/query')
      response.end(JSON.stringify({ status: 'success', data: { resultType: 'vector', result: [{ metric: { disk: 'sda' }, value: [1, '7'] }] } }));
    else response.writeHead(404).end();
  });
  const url = `http://127.0.0.1:${await listening(t, server)}`;
  const asked = await run({ kind: 'prometheus', url: `${url}/prom`, query: 'free', failsWhen: '<', threshold: 10 });
  assert.deepEqual([asked.words, asked.measured], ['7 is under 10 for disk=sda', { series: 1, value: 7, least: 7, most: 7 }]);
  assert.equal((await run({ kind: 'prometheus', url, query: 'free' })).words, 'status 404');
  const domain = await run({ kind: 'domain', domain: 'bücher.example', server: url, conditions: ['[DOMAIN_EXPIRATION] > 720h'] });
  assert.deepEqual([domain.result, domain.measured['domainDays']], ['passed', 40]);
  assert.equal((await run({ kind: 'domain', domain: 'example.com', server: url, daysLeast: 60 })).words, 'the registration ends in 40 days');
});

/** A resolver of our own: `answer` gives the code and the address, or nothing for silence. */
async function resolver(t: Parameters<typeof listening>[0], answer: (name: string) => { code: number; address?: string } | undefined): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (asked, from) => {
    let end = 12;
    const labels: string[] = [];
    for (; asked[end] !== 0; end += asked[end]! + 1) labels.push(asked.subarray(end + 1, end + 1 + asked[end]!).toString());
    const given = answer(labels.join('.'));
    if (!given) return;
    const head = Buffer.from(asked.subarray(0, 12));
    head.writeUInt16BE(0x8180 | given.code, 2);
    head.writeUInt16BE(given.address ? 1 : 0, 6);
    head.writeUInt32BE(0, 8);
    const record = given.address ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...given.address.split('.').map(Number)]) : Buffer.alloc(0);
    socket.send(Buffer.concat([head, asked.subarray(12, end + 5), record]), from.port, from.address);
  });
  await new Promise<void>((done) => {
    socket.bind(0, host, done);
  });
  t.after(() => socket.close());
  return socket.address().port;
}

test('DNS: answers of a resolver, its refusals, and one that never answers', async (t) => {
  const port = await resolver(t, (name) =>
    name === 'silent.example.com' ? undefined : name === 'www.example.com' ? { code: 0, address: '192.0.2.7' } : { code: name === 'broken.example.com' ? 2 : 3 },
  );
  const dns = (name: string, more: object = {}) => run({ kind: 'dns', name, resolver: host, port, ...more });
  assert.deepEqual(of(await dns('www.example.com', { expect: '192.0.2.7', conditions: ['[DNS_RCODE] == NOERROR', '[BODY] == 192.0.2.7'] })), ['passed', '', null]);
  assert.equal((await dns('www.example.com', { expect: '192.0.2.8' })).words, 'the answer is 192.0.2.7');
  assert.equal((await dns('gone.example.com')).words, 'the name does not exist');
  assert.equal((await dns('gone.example.com', { conditions: ['[DNS_RCODE] == NXDOMAIN'] })).result, 'passed');
  assert.equal((await dns('broken.example.com')).words, 'the resolver failed (SERVFAIL)');
  const began = performance.now();
  assert.match((await dns('silent.example.com', { timeoutSeconds: 1 })).words, /does not answer|no answer within 1 s/);
  assert.ok(performance.now() - began < 4000);
  for (const odd of ['1.2', 'a..b', 'a b', 'x'.repeat(80)])
    for (const record of ['A', 'PTR']) assert.equal((await dns(odd, { record, timeoutSeconds: 2 })).result, 'failed', `${record} ${odd}`);
  assert.match((await run({ kind: 'dns', name: 'a.example.com', resolver: '10.1.2.3' })).words, /is a private address/);
});

test('ping: the system’s own program', { skip: installed('ping') ? false : 'ping is not installed' }, async () => {
  const outcome = await run({ kind: 'ping', host, conditions: ['[VALUES].lossPercent == 0'] });
  assert.deepEqual([outcome.result, outcome.words], ['passed', '']);
  assert.ok(outcome.measured['roundTripMs']! < 1000);
  assert.match((await run({ kind: 'ping', host: '192.168.3.4' })).words, /is a private address/);
});
