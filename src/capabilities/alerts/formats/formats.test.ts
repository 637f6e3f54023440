import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { formats } from './index.ts';
import { answer } from './pagerduty.ts';
import alertmanagerSample from './alertmanager.sample.json' with { type: 'json' };
import grafanaSample from './grafana.sample.json' with { type: 'json' };
import pagerdutyV1Sample from './pagerduty-v1.sample.json' with { type: 'json' };
import pagerdutySample from './pagerduty.sample.json' with { type: 'json' };

test('the Alertmanager sample gives one signal for each alert', () => {
  const read = formats.alertmanager.read(alertmanagerSample);
  assert.ok('signals' in read);
  const [firing, resolved] = read.signals;
  assert.deepEqual([firing?.kind, firing?.key, firing?.severity, firing?.source], ['trigger', 'b6a8d6c0e2f1a3c4', 'critical', 'db1:9100']);
  assert.equal(firing?.summary, 'db1:9100 has been down for more than 5 minutes');
  assert.deepEqual(firing?.links[0], { href: 'https://runbooks.example.com/instance-down', text: 'runbook' });
  assert.equal(resolved?.kind, 'resolve');
  assert.equal(read.signals.length, 2);
});

test('the Grafana sample gives its panel, its values, and says when a rule has no data', () => {
  const read = formats.grafana.read(grafanaSample);
  assert.ok('signals' in read);
  const [firing, silent] = read.signals;
  assert.deepEqual([firing?.kind, firing?.key, firing?.severity, firing?.summary], ['trigger', 'c6eadffa33fcdf37', 'critical', '1 in 5 checkouts fails']);
  assert.deepEqual(
    firing?.links.map(({ text }) => text),
    ['panel', 'dashboard', 'silence in Grafana', 'runbook', 'Grafana'],
  );
  assert.equal(firing?.details['values'], 'B = 21.4, C = 1');
  assert.deepEqual([silent?.kind, silent?.summary], ['resolve', 'No data for Queue depth']);
  assert.ok('problem' in formats.grafana.read({ hello: 'world' }));
});

test('one unreadable Alertmanager entry does not lose the others', () => {
  const read = formats.alertmanager.read({ ...alertmanagerSample, alerts: [{ status: 'odd' }, ...alertmanagerSample.alerts] });
  assert.ok('signals' in read);
  assert.equal(read.signals.length, 2);
  assert.deepEqual(
    read.refused.map((r) => r.place),
    [0],
  );
  assert.ok('problem' in formats.alertmanager.read({ alerts: [{ status: 'odd' }] }));
  assert.ok('problem' in formats.alertmanager.read({ hello: 'world' }));
});

test('the older PagerDuty event is read, and what it lacks is said in its own words', () => {
  const read = formats.pagerdutyV1.read(pagerdutyV1Sample);
  assert.ok('signals' in read);
  const [signal] = read.signals;
  assert.deepEqual([signal.kind, signal.key, signal.summary, signal.severity, signal.source], ['trigger', 'nightly-backup', 'nightly-backup is DOWN', 'error', 'Healthchecks']);
  assert.equal(signal.link, 'https://hc.example.com/checks/1/details/');
  assert.equal(signal.details['Total pings'], '412');
  const errorsOf = (change: object) => {
    const refused = formats.pagerdutyV1.read({ ...pagerdutyV1Sample, ...change });
    return 'problem' in refused && refused.problem.kind === 'invalid' ? refused.problem.errors : null;
  };
  assert.deepEqual(errorsOf({ service_key: 'short' }), ["Length of 'service_key' is incorrect (should be 32 characters)"]);
  assert.deepEqual(errorsOf({ description: ' ' }), ["'description' is missing or blank"]);
  assert.deepEqual(errorsOf({ event_type: 'resolve', incident_key: '' }), ["'incident_key' is missing or blank"]);
  assert.equal(errorsOf({ event_type: 'resolve', description: null }), null);
  assert.ok('problem' in formats.pagerdutyV1.read([]));
});

test('the PagerDuty sample is read whole', () => {
  const read = formats.pagerduty.read(pagerdutySample);
  assert.ok('signals' in read);
  const [signal] = read.signals;
  assert.equal(signal.startsAt, Date.UTC(2015, 6, 17, 8, 42, 58, 315));
  assert.deepEqual(signal.labels, { source: 'prod-datapipe03.example.com', component: 'mysql', group: 'prod-datapipe', class: 'disk' });
  assert.equal(signal.link, 'https://monitoring.service.com');
  assert.equal(signal.links.length, 2);
});

test('what real senders do to PagerDuty is accepted', () => {
  const key = 'k'.repeat(32);
  const payload = { summary: 's', source: 'h', severity: 'critical' };
  const kuma = formats.pagerduty.read({ routing_key: key, event_action: 'resolve', dedup_key: 'Uptime Kuma/1', client: 'Uptime Kuma', payload: { ...payload, severity: 'odd' } });
  assert.ok('signals' in kuma && kuma.signals[0].kind === 'resolve');
  const gatus = formats.pagerduty.read({ routing_key: key, event_action: 'trigger', dedup_key: '', payload: { ...payload, custom_details: null }, odd: 1 });
  assert.ok('signals' in gatus && gatus.signals[0].key === null);
  const long = formats.pagerduty.read({ routing_key: key, event_action: 'trigger', dedup_key: 'x'.repeat(256), payload });
  assert.ok('problem' in long && answer(long.problem).status === 400);
});

test('PagerDuty text that is not an object is not recognised', () => {
  for (const text of ['', '{', '[]', '"x"', 'null', '12']) {
    const read = formats.pagerduty.readText(text);
    assert.ok('problem' in read);
    assert.deepEqual(answer(read.problem), {
      status: 400,
      body: { status: 'Unrecognized object', message: 'Event object format is unrecognized', errors: ['JSON parse error'] },
    });
  }
});

test('no body makes a format fail', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (body) => {
      for (const format of Object.values(formats)) {
        const read = format.read(body);
        assert.ok('signals' in read || 'problem' in read);
      }
      assert.ok('problem' in formats.alertmanager.read({ alerts: [body] }) || typeof body === 'object');
    }),
  );
});
