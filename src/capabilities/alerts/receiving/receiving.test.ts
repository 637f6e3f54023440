import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { tasksOf } from '#kernel/worker.ts';
import { openTestDesk, refusalOf, type TestDesk } from '#testing/desk.ts';
import changeSample from '../formats/pagerduty-change.sample.json' with { type: 'json' };
import eventsSample from '../formats/events.sample.json' with { type: 'json' };
import icingaSample from '../formats/icinga.sample.json' with { type: 'json' };
import incidentioSample from '../formats/incidentio.sample.json' with { type: 'json' };
import zabbixSample from '../formats/zabbix.sample.json' with { type: 'json' };
import { EMPTY } from '../rules/mapping/index.ts';

const MAPPING = { ...EMPTY, state: '{phase}', stateWords: { vorbei: 'resolved' as const }, key: '{nr}', title: '{was} auf {rechner}', origin: '{rechner}' };

describe('a sender needs nothing but another address', () => {
  let desk: TestDesk;
  let key: string;
  let source: string;
  before(async () => {
    desk = await openTestDesk();
    const made = await desk.alerts.createSource({ name: 'Everything' });
    key = made.key;
    source = made.source.number;
  });
  after(() => desk.close());

  const post = (path: string, body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    fetch(`${desk.url}${path}`, { method: 'POST', headers, body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body) });
  const newest = async () => (await desk.alerts.list({ limit: 1 })).items[0];
  const recent = async () => (await desk.alerts.source({ number: source })).recent;
  const after200 = async (path: string, body: unknown, headers?: Record<string, string>) => {
    const answer = await post(path, body, headers);
    assert.ok(answer.ok, `${path}: ${answer.status} ${await answer.clone().text()}`);
    await desk.drain();
    return answer;
  };

  it('takes Icinga’s form, Zabbix’ parameters, incident.io’s and GoAlert’s events', async () => {
    const form = new URLSearchParams(icingaSample).toString();
    await after200(`/ingest/${key}/icinga`, form, { 'content-type': 'application/x-www-form-urlencoded' });
    assert.match((await newest())?.title ?? '', /^disk \/var on web-3/);
    await after200(`/ingest/${key}/nagios`, { ...icingaSample, type: 'RECOVERY', state: 'OK' });
    assert.equal((await newest())?.state, 'resolved');
    await after200(`/ingest/${key}/zabbix`, zabbixSample);
    await after200(`/ingest/${key}/zabbix`, { ...zabbixSample, 'event.update.status': '1', 'event.update.action': 'acknowledged' });
    assert.deepEqual([(await newest())?.title, (await newest())?.state], ['MySQL: Service is down on db-1', 'acknowledged']);
    const io = await after200(`/v2/alert_events/http/some-config-id`, incidentioSample, { 'content-type': 'application/json', authorization: `Bearer ${key}` });
    assert.deepEqual(await io.json(), { status: 'success', message: 'Event accepted for processing', deduplication_key: 'checkout-errors-eu' });
    await after200(`/v2/alert_events/http/${key}`, { ...incidentioSample, status: 'resolved' });
    assert.deepEqual([(await newest())?.title, (await newest())?.state], ['Checkout error rate above 5 %', 'resolved']);
    const go = await after200(`/api/v2/generic/incoming?token=${key}`, 'summary=Queue+is+long&dedup=q', { 'content-type': 'application/x-www-form-urlencoded' });
    assert.deepEqual([go.status, await go.text()], [204, '']);
    await after200(`/api/v2/generic/incoming?token=${key}&action=close`, { dedup: 'q' });
    assert.deepEqual([(await newest())?.title, (await newest())?.state], ['Queue is long', 'resolved']);
  });

  it('takes CloudEvents in the body, in headers and in batches, and resolves by their subject', async () => {
    await after200(`/ingest/${key}/events`, eventsSample, { 'content-type': 'application/cloudevents+json' });
    const opened = await newest();
    assert.deepEqual([opened?.title, opened?.severity, opened?.origin], ['Volume vol-17 is 97 % full', 'error', 'nas-2']);
    const { data, ...attributes } = eventsSample;
    const headers = Object.fromEntries(Object.entries({ ...attributes, type: 'com.example.storage.volume.recovered' }).map(([name, value]) => [`ce-${name}`, value]));
    await after200(`/ingest/${key}/events`, data, { ...headers, 'content-type': 'application/json' });
    assert.equal((await desk.alerts.get({ number: opened?.number ?? '' })).alert.state, 'resolved');
    await after200(`/ingest/${key}/events`, [eventsSample, { ...eventsSample, subject: 'vol-18' }], { 'content-type': 'application/cloudevents-batch+json' });
    assert.deepEqual(
      (await recent()).slice(0, 1).map(({ format, state, signals }) => [format, state, signals]),
      [['events', 'done', 2]],
    );
  });

  it('keeps what no mapping can read as not understood, and reads it again once a mapping is written', async () => {
    const body = { nr: 9, was: 'Lüfter steht', rechner: 'db7', phase: 'neu' };
    await after200(`/ingest/${key}/events`, body);
    const [kept] = await recent();
    assert.deepEqual([kept?.state, kept?.signals], ['failed', 0]);
    assert.match(kept?.error ?? '', /^No title/);
    assert.equal((await desk.alerts.source({ number: source })).source.standing, 'failing');
    const { source: row, bodies, formats } = await desk.alerts.mapping({ number: source });
    assert.deepEqual([JSON.parse(bodies[0]?.body ?? ''), formats], [body, ['events']]);
    const wrong = { number: source, version: row.version, mapping: { ...MAPPING, title: '{nirgends}' } };
    assert.match((await refusalOf(desk.alerts.saveMapping(wrong))).sentence, /^It reads none of the last \d+ messages\. No title/);
    const torn = await refusalOf(desk.alerts.saveMapping({ ...wrong, mapping: { ...MAPPING, key: '{a..b}' } }));
    assert.deepEqual([torn.kind, torn.fields[0]?.field], ['invalid', 'mapping.key']);
    const saved = await desk.alerts.saveMapping({ number: source, version: row.version, mapping: MAPPING });
    assert.match(saved.sentence, /^Saved\. It reads 1 of the last \d+ messages\.$/);
    assert.equal((await refusalOf(desk.alerts.saveMapping({ number: source, version: row.version, mapping: null }))).kind, 'conflict');
    assert.equal((await desk.alerts.replay({ number: source })).replayed, 1);
    await desk.drain();
    const alert = await newest();
    assert.deepEqual([alert?.title, alert?.origin, alert?.state], ['Lüfter steht auf db7', 'db7', 'triggered']);
    assert.equal((await desk.alerts.source({ number: source })).source.standing, 'unknown', 'nothing failed is left, yet too little was heard to be called good');
    assert.equal((await desk.alerts.replay({ number: source })).replayed, 0, 'nothing waits');
    await desk.alerts.replay({ number: source, message: kept?.id ?? '' });
    await desk.drain();
    assert.equal((await newest())?.number, alert?.number, 'taken in again it is the same alert');
    await after200(`/ingest/${key}/events`, { ...body, phase: 'Vorbei' });
    assert.equal((await newest())?.state, 'resolved');
    assert.equal((await refusalOf(desk.alerts.replay({ number: source, message: '01890000-0000-7000-8000-000000000000' }))).kind, 'missing');
    const viewer = await desk.person('Vi Ewer', 'viewer');
    assert.equal((await refusalOf(viewer.alerts.replay({ number: source }))).kind, 'forbidden');
    assert.ok((await viewer.alerts.mapping({ number: source })).may.saveMapping);
  });

  it('notes changes beside the service they are about, and pages nobody for them', async () => {
    const service = await desk.catalog.create({ name: 'payments-api', tier: 1 });
    const before = (await newest())?.number;
    const answer = await post('/v2/change/enqueue', { ...changeSample, routing_key: key });
    assert.deepEqual([answer.status, await answer.json()], [202, { status: 'success', message: 'Change event processed' }]);
    await desk.drain();
    assert.equal((await newest())?.number, before);
    const { items } = await desk.alerts.changes({ service: service.number });
    assert.deepEqual(
      items.map(({ summary, at, source: from, links }) => [summary, at, from?.number, links.length]),
      [[changeSample.payload.summary, '2026-03-02T08:42:58.315Z', source, 1]],
    );
    assert.equal((await desk.alerts.changes({ service: service.number, from: '2026-03-02T09:00:00Z' })).items.length, 0);
    assert.deepEqual((await post('/v2/change/enqueue', { ...changeSample, routing_key: '0'.repeat(32) })).status, 400);
    assert.deepEqual(await (await post('/v2/change/enqueue', '{')).json(), {
      status: 'Unrecognized object',
      message: 'Event object format is unrecognized',
      errors: ['JSON parse error'],
    });
  });

  it('says at the source which events of PagerDuty’s kind were refused', async () => {
    const answer = await post('/v2/enqueue', { routing_key: key, event_action: 'trigger', payload: { summary: 's', source: 'h', severity: 'odd' } });
    assert.equal(answer.status, 400);
    assert.match((await desk.alerts.source({ number: source })).source.lastFailure ?? '', /^Refused: 'payload\.severity' is invalid/);
  });

  it('answers each odd body clearly: encodings, depth, size, emptiness', async () => {
    const text = JSON.stringify({ nr: 'ü-1', was: 'Überlauf', rechner: 'db8' });
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    const wide = new Uint8Array(Buffer.from(text, 'utf16le').swap16());
    const marked = new Uint8Array(Buffer.from(`\ufeff${text}`));
    const latin = new Uint8Array(Buffer.from(text, 'latin1'));
    for (const body of [utf16, wide, marked]) assert.equal((await post(`/ingest/${key}/events`, body)).status, 202);
    assert.equal((await post(`/ingest/${key}/events`, latin, { 'content-type': 'application/json; charset=iso-8859-1' })).status, 202);
    await desk.drain();
    assert.deepEqual([(await newest())?.title, (await newest())?.signalCount], ['Überlauf auf db8', 4], 'four encodings, one alert');
    const refused = async (body: unknown, headers?: Record<string, string>) => {
      const answer = await post(`/ingest/${key}/events`, body, headers);
      return [answer.status, ((await answer.json()) as { message: string }).message];
    };
    assert.deepEqual(await refused(latin), [400, 'The body is not UTF-8 text. Send UTF-8, or name the charset in Content-Type.']);
    assert.deepEqual(await refused(latin, { 'content-type': 'text/plain; charset=nonsense' }), [400, 'The body cannot be read as nonsense. Send UTF-8.']);
    assert.deepEqual(await refused('{"a":'), [400, 'The body is not JSON that can be read.']);
    assert.deepEqual(await refused(''), [400, 'The body is empty. Send JSON.']);
    assert.deepEqual(await refused('12'), [400, 'The body is no object and no list: nothing can be read from it.']);
    assert.deepEqual(await refused(`${'['.repeat(100)}${']'.repeat(100)}`), [400, 'The body is nested deeper than 64 levels. Send it flatter.']);
    assert.deepEqual(await refused('['.repeat(500_000), { 'ce-specversion': '1.0', 'ce-type': 'x' }), [400, 'The body is nested deeper than 64 levels. Send it flatter.']);
    assert.deepEqual(await refused(`"${'x'.repeat(1024 * 1024)}"`), [413, 'The body is larger than 1 MiB.']);
    assert.deepEqual(await refused('x', { 'content-encoding': 'gzip' }), [415, 'The body is packed (gzip). Send it as it is, without Content-Encoding.']);
    const { lastFailure, standing } = (await desk.alerts.source({ number: source })).source;
    assert.deepEqual([standing, lastFailure?.startsWith('Refused: ')], ['failing', true], 'what is refused is said at the source, not only to the sender');
    const nul = await post(`/ingest/${key}/events`, JSON.stringify({ nr: 'nul', was: 'a\u0000b\ud800', rechner: 'x' }));
    assert.equal(nul.status, 202);
    await desk.drain();
    assert.equal((await newest())?.title, 'a\ufffdb\ufffd auf x', 'what the database cannot store pages all the same');
    for (const path of [`/ingest/${'0'.repeat(32)}/events`, `/ingest/${'0'.repeat(32)}/icinga`, `/v2/alert_events/http/x`, '/api/v2/generic/incoming?token=x'])
      assert.equal((await post(path, '{}')).status, 404, path);
  });

  it('keeps messages for 30 days, and what was changed for a year', async () => {
    await desk.advance({ days: 31 });
    const sweep = tasksOf(desk.desk).get('alerts.sweep');
    await sweep?.(desk.desk, {});
    assert.equal((await recent()).length, 0);
    assert.equal((await desk.alerts.changes({ source })).items.length, 1);
    await desk.advance({ days: 340 });
    await sweep?.(desk.desk, {});
    assert.equal((await desk.alerts.changes({ source })).items.length, 0);
  });
});
