import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromHeaders } from './events.ts';
import { formats } from './index.ts';
import * as change from './pagerduty-change.ts';
import { answer } from './pagerduty.ts';
import changeSample from './pagerduty-change.sample.json' with { type: 'json' };
import emailSample from './email.sample.json' with { type: 'json' };
import eventsSample from './events.sample.json' with { type: 'json' };
import goalertSample from './goalert.sample.json' with { type: 'json' };
import icingaSample from './icinga.sample.json' with { type: 'json' };
import incidentioSample from './incidentio.sample.json' with { type: 'json' };
import zabbixSample from './zabbix.sample.json' with { type: 'json' };

type Name = 'events' | 'email' | 'icinga' | 'zabbix' | 'incidentio' | 'goalert';
const signalOf = (format: Name, body: unknown) => {
  const read = formats[format].read(body);
  assert.ok('signals' in read, JSON.stringify(read));
  const [signal] = read.signals;
  assert.ok(signal, 'one signal');
  return signal;
};

test('the CloudEvent of the sample says its title, severity, service and host without a mapping', () => {
  const signal = signalOf('events', eventsSample);
  assert.deepEqual(
    [signal.kind, signal.summary, signal.severity, signal.labels['service'], signal.source, signal.link],
    ['trigger', 'Volume vol-17 is 97 % full', 'error', 'file-shares', 'nas-2', 'https://storage.example.com/volumes/17'],
  );
  const over = signalOf('events', { ...eventsSample, id: 'other', type: 'com.example.storage.volume.recovered', data: { ...eventsSample.data, title: 'Volume vol-17 is well' } });
  assert.deepEqual([over.kind, over.key], ['resolve', signal.key], 'source and subject are its key, the id of the message is not');
});

test('a CloudEvent in headers is the same as one in the body', () => {
  const headers = { 'ce-specversion': '1.0', 'ce-type': 'disk.full', 'ce-source': '/db1', 'ce-subject': 'Stra%C3%9Fe 3', 'content-type': 'application/json' };
  assert.deepEqual(fromHeaders(headers, '{"used":97}'), { specversion: '1.0', type: 'disk.full', source: '/db1', subject: 'Straße 3', data: { used: 97 } });
  assert.equal(fromHeaders({ 'content-type': 'application/json' }, '{}'), null);
  assert.deepEqual(fromHeaders({ 'ce-specversion': '1.0', 'ce-type': '%zz' }, 'plain'), { specversion: '1.0', type: '%zz', data: 'plain' });
});

test('a batch gives one alert for each event, and one bad entry loses none of the others', () => {
  const read = formats.events.read([eventsSample, 7, { ...eventsSample, subject: 'vol-18' }]);
  assert.ok('signals' in read);
  assert.deepEqual([read.signals.length, read.refused.map(({ place }) => place)], [2, [1]]);
});

test('Icinga and Nagios: problems, recoveries, acknowledgements; flapping is its own alert, downtimes are none', () => {
  const problem = signalOf('icinga', icingaSample);
  assert.deepEqual(
    [problem.kind, problem.key, problem.severity, problem.source, problem.labels],
    ['trigger', 'web-3.example.com!disk /var', 'critical', 'web-3.example.com', { host: 'web-3.example.com', check: 'disk /var' }],
  );
  assert.match(problem.summary, /^disk \/var on web-3\.example\.com is CRITICAL: DISK CRITICAL/);
  const said = (type: string, state = 'OK') => signalOf('icinga', { ...icingaSample, type, state });
  assert.deepEqual([said('RECOVERY').kind, said('RECOVERY').key], ['resolve', problem.key]);
  assert.equal(said('ACKNOWLEDGEMENT', 'CRITICAL').kind, 'acknowledge');
  const flaps = said('FLAPPINGSTART', 'WARNING');
  assert.deepEqual([flaps.kind, flaps.severity, flaps.key === problem.key], ['trigger', 'warning', false]);
  assert.deepEqual([said('FLAPPINGEND').kind, said('FLAPPINGEND').key], ['resolve', flaps.key]);
  for (const type of ['DOWNTIMESTART', 'DOWNTIMEEND', 'DOWNTIMECANCELLED', 'DOWNTIMEREMOVED', 'CUSTOM']) {
    const read = formats.icinga.read({ ...icingaSample, type });
    assert.ok('signals' in read && read.signals.length === 0, type);
  }
  const macros = signalOf('icinga', {
    NOTIFICATIONTYPE: 'PROBLEM',
    HOSTNAME: 'sw-1',
    HOSTSTATE: 'DOWN',
    HOSTOUTPUT: 'PING CRITICAL',
    SERVICEDESC: '$SERVICEDESC$',
    HOSTADDRESS: '192.0.2.1',
  });
  assert.deepEqual([macros.summary, macros.severity, macros.key], ['sw-1 is DOWN: PING CRITICAL', 'critical', 'sw-1']);
  const severities = ['WARNING', 'UNKNOWN', 'UNREACHABLE', 'DOWN'].map((state) => said('PROBLEM', state).severity);
  assert.deepEqual(severities, ['warning', 'error', 'error', 'critical']);
  for (const body of [{ type: 'PROBLEM' }, { host: 'a' }, { host: 'a', type: 'HELLO' }, []]) assert.ok('problem' in formats.icinga.read(body), JSON.stringify(body));
});

test('Zabbix: problem, update, acknowledgement and recovery of one event are one alert', () => {
  const problem = signalOf('zabbix', zabbixSample);
  assert.deepEqual(
    [problem.kind, problem.key, problem.severity, problem.summary, problem.source, problem.labels['service']],
    ['trigger', '48213', 'error', 'MySQL: Service is down on db-1', 'db-1', 'erp-db'],
  );
  assert.equal(problem.link, 'https://zabbix.example.com/tr_events.php?triggerid=24611&eventid=48213');
  assert.deepEqual(problem.details, { opdata: 'Current state: Down (0)', 'host.ip': '192.0.2.41' }, 'macros that were not filled in are left out');
  const said = (more: object) => signalOf('zabbix', { ...zabbixSample, ...more });
  assert.deepEqual([said({ 'event.value': '0' }).kind, said({ 'event.value': '0' }).key], ['resolve', '48213']);
  assert.equal(said({ 'event.update.status': '1', 'event.update.action': 'acknowledged and commented' }).kind, 'acknowledge');
  assert.equal(said({ 'event.update.status': '1', 'event.update.action': 'unacknowledged' }).kind, 'trigger');
  assert.equal(said({ 'event.update.status': '1', 'event.update.action': 'changed severity from High to Disaster' }).kind, 'trigger');
  const words = ['Not classified', 'Information', 'Warning', 'Average', 'High', 'Disaster'];
  assert.deepEqual(
    words.map((word) => said({ 'event.nseverity': '', 'event.severity': word }).severity),
    ['info', 'info', 'warning', 'warning', 'error', 'critical'],
  );
  assert.deepEqual(
    words.map((_, at) => said({ 'event.nseverity': String(at) }).severity),
    ['info', 'info', 'warning', 'warning', 'error', 'critical'],
  );
  const named = signalOf('zabbix', { event_id: 7, event_value: 1, event_name: 'x', event_tags: 'App:MySQL, scope:disk' });
  assert.deepEqual([named.key, named.labels], ['7', { app: 'MySQL', scope: 'disk' }]);
  for (const body of [{ 'event.id': '1' }, { 'event.id': '1', 'event.name': 'x' }, { 'event.name': 'x', 'event.value': '1' }, 3]) assert.ok('problem' in formats.zabbix.read(body));
});

test('incident.io’s alert event: the key it gave or the one that follows from its title', () => {
  const signal = signalOf('incidentio', incidentioSample);
  assert.deepEqual([signal.kind, signal.key, signal.severity, signal.labels['service']], ['trigger', 'checkout-errors-eu', 'critical', 'checkout']);
  const bare = { title: 'Only a title', status: 'firing' };
  assert.equal(signalOf('incidentio', bare).key, signalOf('incidentio', { ...bare, status: 'resolved' }).key);
  const webhook = formats.incidentio.read({ version: '1', alerts: [{ status: 'firing', labels: { alertname: 'Down' } }] });
  assert.ok('signals' in webhook && webhook.signals.length === 1, 'what Alertmanager sends to incident.io');
  assert.ok('problem' in formats.incidentio.read({ title: '', status: 'firing' }) && 'problem' in formats.incidentio.read({ title: 'a', status: 'odd' }));
});

test('GoAlert’s generic event: key of the sender, else of its text', () => {
  assert.deepEqual([signalOf('goalert', goalertSample).key, signalOf('goalert', goalertSample).kind], ['user:orders-eu-depth', 'trigger']);
  const text = { summary: 'a', details: 'b' };
  assert.equal(signalOf('goalert', text).key, signalOf('goalert', { ...text, action: 'close' }).key);
  assert.notEqual(signalOf('goalert', text).key, signalOf('goalert', { ...text, details: 'c' }).key);
  assert.equal(signalOf('goalert', { dedup: 'x', action: 'close' }).kind, 'resolve');
  assert.ok('problem' in formats.goalert.read({ summary: ' ' }));
});

test('a mail is read by the words of its subject, and its answer is about the same matter', () => {
  const signal = signalOf('email', emailSample);
  assert.deepEqual([signal.kind, signal.severity, signal.source, signal.link], ['trigger', 'critical', 'ups@rack-4.example.com', 'https://ups.example.com/rack-4']);
  const mail = (subject: string, thread: string | null = null) => signalOf('email', { mail: { subject, text: 'x', thread } });
  for (const subject of ['RESOLVED: UPS rack-4 on battery', 'Re: [OK] UPS rack-4 on battery', 'UPS rack-4 on battery has recovered'])
    assert.deepEqual([mail(subject).kind, mail(subject).key], ['resolve', signal.key], subject);
  for (const subject of ['UPS not OK', 'backup job set up failed', 'Host never recovered', 'unresolved: disk']) assert.equal(mail(subject).kind, 'trigger', subject);
  assert.equal(mail('ACK: UPS rack-4 on battery').kind, 'acknowledge');
  assert.equal(mail('anything', 'thread-1').key, 'thread-1');
  assert.equal(mail('').summary, 'x', 'without a subject the first line of the text is the title');
  assert.ok('problem' in formats.email.read({ raw: 'not taken apart' }) && 'problem' in formats.email.read({ mail: { subject: '', text: ' ' } }));
});

test('a change event is noted with its time, and what is wrong with one is said in the words of the original', () => {
  const read = change.read(changeSample);
  assert.ok('change' in read);
  assert.deepEqual([read.change.at, read.change.origin, read.change.links.length], [Date.UTC(2026, 2, 2, 8, 42, 58, 315), 'acme-build-pipeline-tool-default-i-9999', 1]);
  const errorsOf = (more: object) => {
    const refused = change.read({ ...changeSample, ...more });
    return 'problem' in refused && refused.problem.kind === 'invalid' ? refused.problem.errors : null;
  };
  assert.deepEqual(errorsOf({ routing_key: 'short' }), ["Length of 'routing_key' is incorrect (should be 32 characters)"]);
  assert.deepEqual(errorsOf({ payload: undefined }), ["'payload' is missing or blank"]);
  assert.deepEqual(errorsOf({ payload: { summary: ' ' } }), ["'payload.summary' is missing or blank"]);
  assert.deepEqual(errorsOf({ payload: { summary: 'a', custom_details: [] } }), ["'payload.custom_details' is invalid (must be an object)"]);
  assert.equal(errorsOf({ links: 'odd', payload: { summary: 'a' } }), null);
  assert.ok('problem' in change.read([]));
  assert.deepEqual(change.answer({ kind: 'noted' }, answer), { status: 202, body: { status: 'success', message: 'Change event processed' } });
});

test('long texts that lead patterns astray are read in no time', () => {
  const began = performance.now();
  for (const text of ['[', '<', 'no ', 'not - ', '1-1', 'in 1s ', 're: ', '🙂'].map((piece) => piece.repeat(200_000))) {
    formats.email.read({ mail: { subject: text, text } });
    formats.events.read({ title: text, status: text, key: text, host: text });
    formats.icinga.read({ type: text, host: text, output: text });
    formats.zabbix.read({ 'event.id': text, 'event.name': text, 'event.value': '1', 'event.tags': text });
  }
  const halves = [
    formats.events.read({ title: `a${'🙂'.repeat(3000)}`, host: 'b'.repeat(1999) + '🙂', x: 'c'.repeat(1999) + '🙂' }),
    formats.icinga.read({ type: 'PROBLEM', host: 'd'.repeat(499) + '🙂' }),
  ];
  for (const read of halves) assert.ok('signals' in read && !/\\ud[89a-f]/i.test(JSON.stringify(read.signals)), 'no half of a sign');
  const took = performance.now() - began;
  assert.ok(took < 5000, `${Math.round(took)} ms`);
});
