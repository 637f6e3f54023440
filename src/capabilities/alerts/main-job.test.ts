import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { openInbox, type Inbox } from '#testing/mail.ts';

/** Ada is first on call, Bo second; the administrator of the bootstrap token is the fallback. */
describe('a real alert becomes a page that reaches the right person', () => {
  let inbox: Inbox;
  let desk: TestDesk;
  let ada: TestPerson;
  let bo: TestPerson;
  let key: string;
  let source: string;

  before(async () => {
    inbox = await openInbox();
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z', env: { QD_SMTP_URL: inbox.url } });
    ada = await desk.person('Ada Ek', 'responder');
    bo = await desk.person('Bo Berg', 'responder');
    const rota = await desk.rotas.create({ name: 'First', zone: 'Europe/Berlin', layer: { name: 'Weekly', kind: 'weekly', start: '2026-03-02T09:00', people: [ada.number] } });
    const policy = await desk.oncall.createPolicy({
      name: 'Payments',
      repeat: 0,
      steps: [
        { targets: [{ kind: 'rota', number: rota.number }], waitMinutes: 5 },
        { targets: [{ kind: 'person', number: bo.number }], waitMinutes: 10 },
      ],
    });
    const service = await desk.catalog.create({ name: 'payments-api', tier: 1 });
    await desk.oncall.cover({ number: policy.number, service: service.number });
    const made = await desk.alerts.createSource({ name: 'Prometheus' });
    key = made.key;
    source = made.source.number;
  });
  after(async () => {
    await desk.close();
    await inbox.close();
  });

  const post = (path: string, body: unknown) =>
    fetch(`${desk.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const webhook = (status: 'firing' | 'resolved', name: string, labels = {}) =>
    post(`/ingest/${key}/alertmanager`, {
      version: '4',
      status,
      receiver: 'desk',
      alerts: [
        {
          status,
          labels: { alertname: name, service: 'payments-api', severity: 'critical', ...labels },
          annotations: { summary: `${name} summary` },
          startsAt: '2026-03-02T09:00:00.123456789Z',
          endsAt: '0001-01-01T00:00:00Z',
        },
      ],
    });
  const trigger = (dedupKey: string | undefined, action = 'trigger') =>
    post('/v2/enqueue', {
      routing_key: key,
      event_action: action,
      ...(dedupKey === undefined ? {} : { dedup_key: dedupKey }),
      payload: { summary: `pd ${dedupKey}`, source: 'db1', severity: 'critical', custom_details: {} },
    });
  const textOf = async (url: string) => (await (await fetch(url, { method: 'POST' })).text()).replace(/<style[\s\S]*<\/style>/, '');
  const newest = async () => (await desk.alerts.list({ limit: 1 })).items[0];

  it('pages the person on call by mail, with the reason and a link', async () => {
    assert.equal((await webhook('firing', 'Down')).status, 202);
    await desk.drain();
    const alert = await newest();
    assert.equal(alert?.service?.title, 'payments-api');
    const [mail] = inbox.of(ada.email);
    assert.match(mail?.subject ?? '', /^Page: Down summary \[ALR-/);
    assert.match(mail?.text ?? '', /On call in First, layer Weekly \(step 1 of 2\)/);
    assert.ok(mail?.ackLink);
    assert.equal(inbox.of(bo.email).length, 0);
  });

  it('does not page again for the same alert, however often it is repeated or replayed', async () => {
    for (let i = 0; i < 3; i += 1) await webhook('firing', 'Down');
    await desk.drain();
    assert.equal(inbox.of(ada.email).length, 1);
    assert.equal((await newest())?.signalCount, 4);
  });

  it('acknowledges by the link: GET shows, POST acts, the second POST says who has it', async () => {
    const link = (inbox.of(ada.email)[0]?.ackLink ?? '').replace(/^https?:\/\/[^/]+/, desk.url);
    const shown = await fetch(link);
    assert.equal(shown.status, 200);
    assert.match(await shown.text(), /Down summary/);
    assert.equal((await newest())?.state, 'triggered', 'GET changes nothing');
    assert.match(await textOf(`${link}/acknowledge`), /You have it: acknowledged at 09:00/);
    const alert = await newest();
    assert.deepEqual([alert?.state, alert?.acknowledgedBy?.title], ['acknowledged', 'Ada Ek']);
    assert.match(await textOf(`${link}/acknowledge`), /acknowledged at 09:00/);
    const timeline = await desk.records.timeline({ number: alert?.number ?? '' });
    assert.equal(timeline.items.filter((entry) => entry.did === 'alert.acknowledged').length, 1);
    await desk.advance({ minutes: 29 });
    assert.equal(inbox.of(bo.email).length, 0, 'the second step is not taken');
    assert.equal((await fetch(`${desk.url}/ack/${'0'.repeat(54)}`)).status, 404, 'a forged link');
  });

  it('resolves when the source says so; soon after it is the same alert that fires again, later a new one', async () => {
    const first = await newest();
    await webhook('resolved', 'Down');
    await desk.drain();
    assert.equal((await desk.alerts.get({ number: first?.number ?? '' })).alert.state, 'resolved');
    await webhook('firing', 'Down');
    await desk.drain();
    const again = await desk.alerts.get({ number: first?.number ?? '' });
    assert.deepEqual([again.alert.state, again.alert.acknowledgedAt], ['triggered', null]);
    assert.equal((await desk.oncall.paging({ number: first?.number ?? '' })).state, 'running');
    await webhook('resolved', 'Down');
    await desk.advance({ minutes: 6 });
    await webhook('firing', 'Down');
    await desk.drain();
    const second = await newest();
    assert.notEqual(second?.number, first?.number);
    assert.equal((await desk.alerts.get({ number: second?.number ?? '' })).seenBefore.count, 1);
    await desk.alerts.resolve({ number: second?.number ?? '' });
    await desk.drain();
  });

  it('goes on to the second step when nobody acknowledges, then to the administrators', async () => {
    const before = inbox.of(bo.email).length;
    await webhook('firing', 'Slow');
    await desk.advance({ minutes: 4 });
    assert.equal(inbox.of(bo.email).length, before);
    await desk.advance({ minutes: 2 });
    assert.equal(inbox.of(bo.email).length, before + 1);
    assert.match(inbox.of(bo.email).at(-1)?.text ?? '', /Step 1 was not acknowledged in time/);
    await desk.advance({ minutes: 11 });
    assert.match(inbox.of('bootstrap@localhost').at(-1)?.text ?? '', /Nobody acknowledged/);
    await bo.alerts.acknowledge({ number: (await newest())?.number ?? '' });
    await bo.alerts.resolve({ number: (await newest())?.number ?? '' });
    await desk.drain();
  });

  it('tells the administrators at once when nobody is on call', async () => {
    const empty = await desk.catalog.create({ name: 'orphan', tier: 3 });
    await webhook('firing', 'Lonely', { service: 'orphan' });
    await desk.drain();
    const alert = await newest();
    assert.equal(alert?.service?.number, empty.number);
    assert.match(inbox.of('bootstrap@localhost').at(-1)?.text ?? '', /No escalation policy is in charge/);
    await desk.alerts.resolve({ number: alert?.number ?? '' });
  });

  it('uses the next contact at once when the provider refuses for good, and says so on the alert', async () => {
    const received: string[] = [];
    const { createServer } = await import('node:http');
    const server = createServer((request, response) => {
      request
        .setEncoding('utf8')
        .on('data', (chunk: string) => received.push(chunk))
        .on('end', () => response.end('ok'));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    await ada.notify.addContact({ channel: 'webhook', label: 'Bridge', address: `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}/hook` });
    inbox.answer({ code: 550, text: 'mailbox gone' });
    await webhook('firing', 'Refused');
    await desk.drain();
    inbox.answer(null);
    server.close();
    assert.equal(received.length, 1);
    assert.match(received[0] ?? '', /"acknowledge":"http/);
    const alert = await newest();
    const told = await desk.notify.sentAbout({ number: alert?.number ?? '' });
    assert.deepEqual(
      told.items.filter((n) => n.channel !== 'browser').map((n) => [n.channel, n.state]),
      [
        ['email', 'failed'],
        ['webhook', 'sent'],
      ],
    );
    await desk.alerts.resolve({ number: alert?.number ?? '' });
  });

  it('tries again when the provider refuses for now', async () => {
    await desk.drain();
    const count = inbox.of(ada.email).length;
    inbox.answer({ code: 451, text: 'later' });
    await webhook('firing', 'Greylisted');
    await desk.drain();
    assert.equal(inbox.of(ada.email).length, count);
    inbox.answer(null);
    await desk.advance({ seconds: 6 });
    assert.equal(inbox.of(ada.email).length, count + 1);
    await desk.alerts.resolve({ number: (await newest())?.number ?? '' });
    await desk.drain();
  });

  it('speaks PagerDuty Events v2 word for word', async () => {
    const made = (await (await trigger(undefined)).json()) as { status: string; dedup_key: string };
    assert.equal(made.status, 'success');
    await desk.drain();
    const alert = await newest();
    assert.equal((await trigger(made.dedup_key, 'acknowledge')).status, 202);
    await desk.drain();
    assert.equal((await desk.alerts.get({ number: alert?.number ?? '' })).alert.state, 'acknowledged');
    await trigger(made.dedup_key);
    await desk.drain();
    assert.equal((await desk.alerts.get({ number: alert?.number ?? '' })).alert.state, 'acknowledged', 'a repeat does not wake anybody');
    await trigger(made.dedup_key, 'resolve');
    await desk.drain();
    assert.equal((await desk.alerts.get({ number: alert?.number ?? '' })).alert.state, 'resolved');
    assert.equal((await trigger('never-seen', 'resolve')).status, 202);
    const short = await post('/v2/enqueue', { routing_key: 'abc', event_action: 'trigger', payload: { summary: 's', source: 'h', severity: 'critical' } });
    assert.deepEqual(
      [short.status, await short.json()],
      [400, { status: 'invalid event', message: 'Event object is invalid', errors: ["Length of 'routing_key' is incorrect (should be 32 characters)"] }],
    );
    assert.deepEqual(await (await post('/v2/enqueue', '{')).json(), {
      status: 'Unrecognized object',
      message: 'Event object format is unrecognized',
      errors: ['JSON parse error'],
    });
  });

  it('refuses bad input with a sentence and loses nothing', async () => {
    assert.equal((await post(`/ingest/${'0'.repeat(32)}/alertmanager`, {})).status, 404);
    assert.equal((await post(`/ingest/${key}/alertmanager`, 'not json')).status, 400);
    assert.equal((await post(`/ingest/${key}/alertmanager`, `${'['.repeat(500)}${']'.repeat(500)}`)).status, 400);
    assert.equal((await post(`/ingest/${key}/alertmanager`, `{"alerts":"${'x'.repeat(1_100_000)}"}`)).status, 413);
    const deep = await fetch(`${desk.url}/api/v1/alerts/x`, { method: 'POST' });
    assert.equal(deep.status, 404);
    assert.equal((await refusalOf(ada.alerts.createSource({ name: 'x' }))).kind, 'forbidden');
    assert.equal((await desk.alerts.source({ number: source })).source.failed, 0);
  });

  it('takes the older PagerDuty events with their own answers', async () => {
    const send = (event: object) => post('/generic/2010-04-15/create_event.json', { service_key: key, client: 'Healthchecks', ...event });
    const made = await send({ event_type: 'trigger', incident_key: 'nightly', description: 'nightly is DOWN' });
    assert.deepEqual([made.status, await made.json()], [200, { status: 'success', message: 'Event processed', incident_key: 'nightly' }]);
    const unknown = await send({ event_type: 'trigger', description: 'x', service_key: '0'.repeat(32) });
    assert.deepEqual([unknown.status, ((await unknown.json()) as { status: string }).status], [400, 'invalid event']);
    await send({ event_type: 'resolve', incident_key: 'nightly' });
    await desk.drain();
    assert.equal((await ada.alerts.list({ q: 'nightly is DOWN' })).items[0]?.state, 'resolved');
  });

  it('takes the alerts of Grafana by another address, and ends them when Grafana does', async () => {
    const send = (status: 'firing' | 'resolved') => {
      const labels = { alertname: 'Checkout errors', service: 'payments-api', severity: 'warning' };
      return post(`/ingest/${key}/grafana`, {
        receiver: 'desk',
        status,
        alerts: [
          { status, labels, annotations: {}, startsAt: '2026-03-02T09:00:00Z', fingerprint: 'c6eadffa33fcdf37', panelURL: 'https://grafana.example.com/d/1', values: { B: 2 } },
        ],
      });
    };
    assert.equal((await send('firing')).status, 202);
    await desk.drain();
    const found = async () => (await ada.alerts.list({ q: 'Checkout errors' })).items[0];
    const { alert } = await ada.alerts.get({ number: (await found())!.number });
    assert.deepEqual([alert.service?.title, alert.state], ['payments-api', 'triggered']);
    assert.ok(JSON.stringify(alert).includes('https://grafana.example.com/d/1'));
    await send('resolved');
    await desk.drain();
    assert.equal((await found())?.state, 'resolved');
    assert.equal((await post('/ingest/0123456789abcdef0123456789abcdef/grafana', {})).status, 404);
  });

  it('revokes a key at once and keeps the other', async () => {
    const second = await desk.alerts.makeKey({ number: source });
    const [old] = second.source.keys;
    await desk.alerts.revokeKey({ number: source, keyId: old?.id ?? '' });
    await desk.advance({ seconds: 6 });
    assert.equal((await webhook('firing', 'Old')).status, 404);
    key = second.key;
    assert.equal((await webhook('resolved', 'Old')).status, 202);
  });
});
