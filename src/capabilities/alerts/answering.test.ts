import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { openInbox } from '#testing/mail.ts';

describe('answers to alerts that belong together', () => {
  let desk: TestDesk;
  let inbox: Awaited<ReturnType<typeof openInbox>>;
  let ada: TestPerson;
  let key: string;

  before(async () => {
    inbox = await openInbox();
    desk = await openTestDesk({ env: { QD_SMTP_URL: inbox.url } });
    ada = await desk.person('Ada Ek', 'responder');
    await desk.oncall.createPolicy({ name: 'Everything', isDefault: true, steps: [{ targets: [{ kind: 'person', number: ada.number }], waitMinutes: 60 }] });
    key = (await desk.alerts.createSource({ name: 'Prometheus' })).key;
  });
  after(async () => {
    await desk.close();
    await inbox.close();
  });

  const send = async (status: 'firing' | 'resolved', alertname: string, ...instances: readonly string[]) => {
    const alerts = instances.map((instance) => ({ status, labels: { alertname, instance, severity: 'critical' }, annotations: { summary: `${alertname} ${instance}` } }));
    const answer = await fetch(`${desk.url}/ingest/${key}/alertmanager`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version: '4', alerts }),
    });
    assert.equal(answer.status, 202);
    await desk.drain();
  };
  const named = async (title: string) => {
    const [found] = (await desk.alerts.list({ q: title, limit: 1 })).items;
    assert.ok(found, `no alert ${title}`);
    return found;
  };
  const paging = async (title: string) => (await desk.oncall.paging({ number: (await named(title)).number })).state;

  it('the link of a page still answers when the alert it tells of is over and others of its group are not', async () => {
    await send('firing', 'Node', 'a', 'b');
    await send('resolved', 'Node', 'a');
    assert.equal(await paging('Node a'), 'running');
    assert.equal((await desk.alerts.get({ number: (await named('Node a')).number })).may.acknowledge, null);
    const [mail] = await inbox.waitFor(1);
    assert.ok(mail?.ackLink, 'the mail has a link');
    const answer = await fetch(`${desk.url}${new URL(mail.ackLink).pathname}/acknowledge`, { method: 'POST' });
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /You have it/);
    assert.equal((await named('Node b')).state, 'acknowledged');
    assert.equal(await paging('Node a'), 'acknowledged');
    await send('resolved', 'Node', 'b');
    assert.equal(await paging('Node a'), 'ended');
  });

  it('whoever acknowledges each of a group one by one ends its page', async () => {
    await send('firing', 'Disk', 'a', 'b', 'c');
    await send('resolved', 'Disk', 'a');
    for (const title of ['Disk b', 'Disk c']) {
      assert.equal(await paging('Disk a'), 'running');
      await ada.alerts.acknowledge({ number: (await named(title)).number });
    }
    assert.equal(await paging('Disk a'), 'acknowledged');
    await send('resolved', 'Disk', 'b', 'c');
  });

  it('a page that somebody passes on for another of the group replaces the one that ran, and ends with the group', async () => {
    await send('firing', 'Link', 'a', 'b');
    await ada.alerts.escalate({ number: (await named('Link b')).number });
    assert.equal(await paging('Link a'), 'ended');
    assert.equal(await paging('Link b'), 'running');
    await send('resolved', 'Link', 'a', 'b');
    assert.equal(await paging('Link b'), 'ended');
  });
});
