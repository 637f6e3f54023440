import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { bodyOfRows } from './databases.ts';
import { dnsCodeOf, faultOfAnswers } from './dns.ts';
import { faultOfDomain, readExpiry } from './domain.ts';
import { faultOf, httpConfig } from './http.ts';
import { PROBE_KINDS, ProbeConfig, refuseProbe } from './index.ts';
import { faultOfImap, readReply as readSmtp } from './mail.ts';
import { faultOfPing, pingConfig, readPing } from './ping.ts';
import { faultOfSamples, prometheusConfig, readSamples } from './prometheus.ts';
import { commandOf, readReply } from './resp.ts';
import { faultOfExit, readFigures } from './script.ts';
import { joined, parted, withKept } from './secrets.ts';
import { faultOfSsh, readSshGreeting } from './ssh.ts';
import { unescaped } from './tcp.ts';
import { distrustWords, faultOfTls, tlsConfig } from './tls.ts';

const http = (given: object) => httpConfig.parse({ kind: 'http', url: 'https://shop.example.com/', ...given });

test('an answer is good by its status and its text', () => {
  assert.equal(faultOf(http({}), { status: 301, body: '' }), 'status 301');
  assert.equal(faultOf(http({ text: 'up' }), { status: 200, body: 'all up' }), '');
  assert.equal(faultOf(http({ text: 'up' }), { status: 200, body: 'down' }), 'the expected text is missing');
  assert.equal(faultOf(http({ text: 'error', textAbsent: true }), { status: 200, body: 'no error here' }), 'the text that must not be there is there');
});

test('settings that cannot work are refused, each with its field', () => {
  const field = (given: object) => refuseProbe(ProbeConfig.parse(given))?.field;
  const at = { host: 'db.example.com', user: 'watcher' };
  assert.equal(field({ kind: 'http', url: 'https://a.example.com', body: 'x' }), 'probe.body');
  assert.equal(field({ kind: 'http', url: 'https://a.example.com', token: 'x', user: 'y' }), 'probe.token');
  assert.equal(field({ kind: 'http', url: 'https://a.example.com', headers: [{ name: 'Content-Length', value: '1' }] }), 'probe.headers');
  assert.equal(field({ kind: 'http', url: 'https://a.example.com', conditions: ['[STATUS] == 200', '[STATUS]'] }), 'probe.conditions.1');
  assert.equal(field({ kind: 'ping', host: 'a', packets: 5, timeoutSeconds: 3 }), 'probe.packets');
  assert.equal(field({ kind: 'redis', host: 'a', command: 'FLUSHALL' }), 'probe.command');
  assert.equal(field({ kind: 'ldap', ...at }), 'probe.password');
  assert.equal(field({ kind: 'postgresql', ...at, user: '' }), 'probe.user');
  assert.equal(field({ kind: 'tls', host: 'a', authority: 'not one' }), 'probe.authority');
  for (const host of ['a b', 'http://a', 'a/b', 'a:80', '-a', '']) assert.equal(ProbeConfig.safeParse({ kind: 'tcp', host, port: 1 }).success, false, host);
  for (const host of ['a', 'db-1.example.com', '192.0.2.1', '2001:db8::1', 'bücher.example', '_srv.example.com'])
    assert.equal(ProbeConfig.safeParse({ kind: 'tcp', host, port: 1 }).success, true, host);
  for (const script of ['../x', '/bin/sh', '.hidden', 'a b', '-rf']) assert.equal(ProbeConfig.safeParse({ kind: 'script', script }).success, false, script);
});

test('a certificate fails by trust, by days, by its chain and by its protocol', () => {
  const config = tlsConfig.parse({ kind: 'tls', host: 'a', daysLeast: 7 });
  const seen = { distrusted: '', protocol: 'TLSv1.3', leafDays: 60, chainDays: 60 };
  assert.equal(faultOfTls(config, seen), '');
  assert.equal(faultOfTls(config, { ...seen, distrusted: distrustWords('CERT_HAS_EXPIRED') }), 'the certificate has ended');
  assert.equal(faultOfTls({ ...config, verify: false }, { ...seen, distrusted: 'x' }), '');
  assert.equal(faultOfTls(config, { ...seen, leafDays: 6 }), 'the certificate ends in 6 days');
  assert.equal(faultOfTls(config, { ...seen, chainDays: 2 }), 'a certificate of its chain ends in 2 days');
  assert.equal(faultOfTls(config, { ...seen, protocol: 'TLSv1.1' }), 'it speaks TLSv1.1, TLSv1.2 is the least');
});

test('answers of DNS are compared as names are', () => {
  assert.equal(faultOfAnswers({ expect: 'Mail.Example.com.' }, ['mail.example.com']), '');
  assert.equal(faultOfAnswers({ expect: '192.0.2.1' }, ['192.0.2.7', '192.0.2.8']), 'the answer is 192.0.2.7, 192.0.2.8');
  assert.equal(faultOfAnswers({ expect: '' }, []), 'the name has no such record');
  assert.deepEqual([dnsCodeOf('ENOTFOUND').code, dnsCodeOf('ETIMEOUT').words], ['NXDOMAIN', 'the resolver does not answer']);
});

test('what ping prints is read on Linux, with busybox and on a Mac', () => {
  const linux =
    '64 bytes from 192.0.2.1: icmp_seq=1 ttl=64 time=0.040 ms\n64 bytes from 192.0.2.1: icmp_seq=2 ttl=64 time=0.060 ms\n\n3 packets transmitted, 2 received, 33.3333% packet loss, time 2003ms';
  assert.deepEqual(readPing(linux), { lossPercent: 33.3333, roundTripMs: 0.05 });
  assert.deepEqual(readPing('64 bytes from ::1: seq=0 ttl=64 time=2.5 ms\n1 packets transmitted, 1 packets received, 0% packet loss'), { lossPercent: 0, roundTripMs: 2.5 });
  assert.deepEqual(readPing('1 packets transmitted, 0 packets received, 100.0% packet loss'), { lossPercent: 100, roundTripMs: null });
  assert.equal(readPing('ping: socket: Operation not permitted'), undefined);
  const config = pingConfig.parse({ kind: 'ping', host: 'a', packets: 3, lossMost: 40 });
  assert.deepEqual(
    [33, 66, 100].map((lossPercent) => faultOfPing(config, { lossPercent, roundTripMs: 1 })),
    ['', '66 % of the pings are lost', 'no answer to any of 3 pings'],
  );
});

test('greetings of mail and shell servers are read once they are whole', () => {
  assert.equal(readSmtp('220-mail.exa'), undefined);
  assert.equal(readSmtp('220-mail.example.com\r\n220 hel'), undefined);
  assert.deepEqual(readSmtp('220-mail.example.com\r\n220 hello\r\n'), { code: 220, text: 'mail.example.com\nhello' });
  assert.equal(faultOfImap('* OK [CAPABILITY IMAP4rev1] ready'), '');
  assert.equal(faultOfImap('* BYE too many connections'), 'the server says goodbye: too many connections');
  assert.equal(faultOfImap('220 smtp'), 'it does not greet as an IMAP server');
  assert.equal(readSshGreeting('Welcome\r\nSSH-2.0-Open'), undefined);
  assert.equal(readSshGreeting('Welcome\r\nSSH-2.0-OpenSSH_9.6\r\n'), 'SSH-2.0-OpenSSH_9.6');
  assert.equal(faultOfSsh({ expect: '' }, 'SSH-1.5-old'), 'it speaks an SSH that is too old');
});

test('an answer of Redis is read however it is cut, and only when it is whole', () => {
  const value: fc.Arbitrary<string> = fc.string().map((text) => `$${text.length}\r\n${text}\r\n`);
  const reply = fc.oneof(
    value,
    fc.integer().map((n) => `:${n}\r\n`),
    fc.constantFrom('+OK\r\n', '-ERR no\r\n', '$-1\r\n', '*-1\r\n'),
    fc.array(value, { maxLength: 4 }).map((all) => `*${all.length}\r\n${all.join('')}`),
  );
  fc.assert(
    fc.property(reply, fc.nat(), (text, cut) => {
      const [length, part] = [text.length, text.slice(0, cut % text.length)];
      assert.equal(readReply(text)?.size, length);
      assert.equal(readReply(part), undefined);
    }),
  );
  assert.throws(() => readReply('HTTP/1.1 400 Bad Request\r\n'), /does not speak as Redis/);
  assert.equal(commandOf(['GET', 'é']), '*2\r\n$3\r\nGET\r\n$2\r\né\r\n');
});

test('the end of a registration is read from RDAP', () => {
  assert.equal(
    readExpiry('{"events":[{"eventAction":"registration","eventDate":"1995-08-14T04:00:00Z"},{"eventAction":"expiration","eventDate":"2027-08-13T04:00:00Z"}]}'),
    Date.UTC(2027, 7, 13, 4),
  );
  assert.equal(readExpiry('{"events":[]}'), undefined);
  assert.equal(readExpiry('<html>'), undefined);
  assert.deepEqual(
    [40, 29, -2].map((days) => faultOfDomain({ daysLeast: 30 }, days)),
    ['', 'the registration ends in 29 days', 'the registration ended 2 days ago'],
  );
});

test('values of Prometheus fail by a threshold or by being absent', () => {
  const config = prometheusConfig.parse({ kind: 'prometheus', url: 'http://p.example.com', query: 'x', failsWhen: '>', threshold: 90 });
  const vector = {
    status: 'success',
    data: {
      resultType: 'vector',
      result: [
        { metric: { __name__: 'x', host: 'a' }, value: [1, '12'] },
        { metric: { host: 'b' }, value: [1, '93.5'] },
      ],
    },
  };
  const samples = readSamples(vector);
  assert.ok(typeof samples !== 'string');
  assert.equal(faultOfSamples(config, samples), '93.5 is over 90 for host=b');
  assert.equal(faultOfSamples({ ...config, failsWhen: '==', threshold: 0 }, samples), '');
  assert.equal(faultOfSamples(config, []), 'the query has no result');
  assert.equal(faultOfSamples({ ...config, absent: 'pass' }, []), '');
  assert.deepEqual(readSamples({ status: 'success', data: { resultType: 'scalar', result: [1, '+Inf'] } }), [{ labels: '', value: Infinity }]);
  assert.equal(readSamples({ status: 'error', error: 'parse error' }), 'the query is refused: parse error');
  assert.equal(readSamples([]), 'it does not answer as Prometheus does');
});

test('a script speaks as plug-ins of Nagios do', () => {
  assert.equal(faultOfExit({ warnings: 'pass' }, 1, 'WARN'), '');
  assert.equal(faultOfExit({ warnings: 'fail' }, 1, 'DISK WARNING - 4 % free | /=96%;90;95'), 'warning: DISK WARNING - 4 % free');
  assert.equal(faultOfExit({ warnings: 'fail' }, 2, ''), 'critical');
  assert.equal(faultOfExit({ warnings: 'fail' }, 127, 'x'), 'exit status 127: x');
  assert.deepEqual(readFigures("OK | /=12GB;10;5 'free space'=3,5% load1=-0.25\nmore | inodes=7"), { '/': 12, 'free space': 3.5, load1: -0.25, inodes: 7 });
  assert.deepEqual(readFigures('OK all well a=1'), {});
});

test('rows become a body that conditions can read', () => {
  assert.equal(bodyOfRows([{ count: '12' }]), '12');
  assert.equal(bodyOfRows([{ a: null }]), 'null');
  assert.equal(bodyOfRows([{ a: 1n, b: 'x' }]), '[{"a":"1","b":"x"}]');
  assert.equal(bodyOfRows([]), '[]');
  assert.equal(unescaped('a\\r\\n\\\\n'), 'a\r\n\\n');
});

test('no secret stays in what is shown, and joined it is as it was', () => {
  for (const kind of PROBE_KINDS) {
    const given = kind === 'heartbeat' ? { expects: { kind: 'period', seconds: 60 } } : { ...at[kind] };
    const config = ProbeConfig.parse({ kind, ...given });
    const { shown, secrets } = parted(config);
    assert.equal(JSON.stringify(shown).includes('hunter2'), false, kind);
    assert.deepEqual(joined(shown, secrets), config);
    assert.deepEqual(withKept(shown, { secrets, sameDestination: true }), { config });
    if (Object.keys(secrets).length > 0) {
      const moved = withKept(shown, { secrets, sameDestination: false });
      assert.match('refused' in moved ? moved.refused.sentence : '', /again: it would go to another place/, kind);
      assert.match(JSON.stringify(withKept(shown, undefined)), /none is kept yet/);
    }
  }
});

const login = { host: 'a', user: 'u', password: 'hunter2' };
const at: Readonly<Record<string, object>> = {
  http: {
    url: 'https://a.example.com',
    token: 'hunter2',
    headers: [
      { name: 'X-Api-Key', value: 'hunter2' },
      { name: 'Accept', value: 'text/plain' },
    ],
  },
  tcp: { host: 'a', port: 1 },
  tls: { host: 'a' },
  dns: { name: 'a' },
  ping: { host: 'a' },
  smtp: { host: 'a' },
  imap: { host: 'a' },
  ssh: { host: 'a' },
  postgresql: login,
  mysql: login,
  redis: login,
  ldap: login,
  domain: { domain: 'example.com' },
  prometheus: { url: 'http://a', query: 'up', user: 'u', password: 'hunter2' },
  script: { script: 'a' },
};
