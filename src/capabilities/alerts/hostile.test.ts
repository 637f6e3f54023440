import assert from 'node:assert/strict';
import { after, before, describe, it, mock } from 'node:test';
import { uuidv7 } from '#kernel/ids.ts';
import { openTestDesk, type TestDesk } from '#testing/desk.ts';

import { recoverIntake } from './intake/drain.ts';

type Json = Readonly<Record<string, unknown>>;

describe('messages that no sender should send', () => {
  let desk: TestDesk;
  let source: { readonly key: string; readonly number: string };

  before(async () => {
    desk = await openTestDesk();
    const made = await desk.alerts.createSource({ name: 'Prometheus' });
    source = { key: made.key, number: made.source.number };
  });
  after(() => desk.close());

  const post = (format: string, body: string) =>
    fetch(`${desk.url}/ingest/${source.key}/${format}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(async (answer) => {
      const said = await answer.text();
      assert.equal(answer.status, 202, said);
    });
  const alert = (labels: Json, more: Json = {}) => ({ status: 'firing', labels: { severity: 'critical', ...labels }, annotations: {}, ...more });
  const arrives = async (name: string, body: string, format = 'alertmanager') => {
    await post(format, body);
    await desk.drain();
    const { source: now, recent } = await desk.alerts.source({ number: source.number });
    assert.equal(now.failed, 0, recent.find(({ state }) => state === 'failed')?.error ?? '');
    const { items } = await desk.alerts.list({ q: name, limit: 50 });
    assert.equal(items.length, 1, `${name} is an alert`);
    return desk.alerts.get({ number: items[0]!.number });
  };
  const message = (...alerts: readonly Json[]) => JSON.stringify({ version: '4', alerts });

  it('a title that is cut in the middle of a sign', async () => {
    const summary = `Smile ${'x'.repeat(193)}😀 and more`;
    const got = await arrives('Smile', message(alert({ alertname: 'Smile' }, { annotations: { summary } })));
    assert.ok(got.alert.title.isWellFormed());
  });
  for (const [place, startsAt] of ['9999-12-31T23:59:59-12:00', '0000-01-01T00:00:00Z', '0000-12-31T23:59:59+14:00', '0002-01-01T00:00:00+14:00', '2026-02-31T00:00:00Z'].entries())
    it(`a beginning at ${startsAt}`, async () => {
      await arrives(`When ${place}`, message(alert({ alertname: `When ${place}` }, { startsAt, annotations: { summary: `When ${place}` } })));
      await arrives(
        `Then ${place}`,
        JSON.stringify({ title: `Then ${place}`, severity: 'critical', startsAt, starts_at: startsAt, timestamp: startsAt, time: startsAt }),
        'events',
      );
    });
  it('labels called as the parts of an object, and a thousand of them', async () => {
    const body = `{"version":"4","alerts":[{"status":"firing","labels":{"alertname":"Proto","__proto__":"a","constructor":"b","toString":"c","hasOwnProperty":"d","severity":"critical"},"annotations":{"__proto__":"x","summary":"Proto"}}]}`;
    const { labels } = await arrives('Proto', body);
    assert.equal(labels['constructor'], 'b');
    await arrives(
      'Many',
      message(alert({ alertname: 'Many', ...Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`label_${i}`, 'v'.repeat(20)])) }, { annotations: { summary: 'Many' } })),
    );
    await arrives('Long', message(alert({ alertname: 'Long', long: 'ü'.repeat(10_000) }, { fingerprint: 'f'.repeat(10_000), annotations: { summary: 'Long' } })));
    await arrives(
      'NUL',
      `{"version":"4","alerts":[{"status":"firing","labels":{"alertname":"N\\u0000","severity":"critical","a\\ud800":"b\\udc00"},"annotations":{"summary":"NUL \\u0000 \\ud83d"}}]}`,
    );
  });
  it('keys of ten thousand signs, and titles cut in other formats', async () => {
    const long = `${'y'.repeat(1021)}😀😀😀`;
    await arrives('Key of', JSON.stringify({ title: `Key of ${long}`, key: '😀'.repeat(10_000), severity: 'critical', labels: { a: long, b: 3, c: true, d: null } }), 'events');
    await arrives(
      'bigname',
      JSON.stringify({ type: 'PROBLEM', host: 'bigname', service: `bigname ${'😀'.repeat(4000)}`, state: 'CRITICAL', output: `${long}${'😀'.repeat(5000)}` }),
      'icinga',
    );
    await arrives(
      'zab',
      JSON.stringify({ event_id: '😀'.repeat(400), event_name: `zab ${'😀'.repeat(4000)}`, event_value: '1', trigger_severity: 'Disaster', host_name: '😀'.repeat(4000) }),
      'zabbix',
    );
  });
  it('a poisoned message among many is set aside after few tries, and those around it are alerts', async () => {
    const { rows } = await desk.desk.pool.query<{ id: string }>('select id from alerts_source');
    for (let place = 0; place < 200; place += 1) {
      const body = place === 150 ? 'no JSON' : message(alert({ alertname: `Around ${place}` }, { annotations: { summary: `Around ${place}` } }));
      await desk.desk.pool.query(`insert into alerts_raw (id, source_id, format, body, received_at, state) values ($1, $2, 'alertmanager', $3, $4, 'received')`, [
        uuidv7(desk.now()),
        rows[0]?.id,
        body,
        new Date(desk.now()),
      ]);
    }
    const warned = mock.method(desk.desk.log, 'warn');
    await recoverIntake(desk.desk);
    await desk.drain();
    assert.equal((await desk.alerts.list({ q: 'Around', limit: 200 })).items.length, 199);
    assert.equal((await desk.alerts.source({ number: source.number })).source.failed, 1);
    const batches = warned.mock.calls.filter((call) => String(call.arguments[1]).includes('a batch of signals failed')).length;
    assert.ok(batches > 0 && batches < 40, `${batches} batches failed`);
  });
});
