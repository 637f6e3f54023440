import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openAlertingDesk, type AlertingDesk } from '#testing/alerting.ts';
import type { TestDesk, TestPerson } from '#testing/desk.ts';
import { openInbox } from '#testing/mail.ts';

describe('answers to alerts that belong together', () => {
  let at: AlertingDesk;
  let desk: TestDesk;
  let inbox: Awaited<ReturnType<typeof openInbox>>;
  let ada: TestPerson;

  before(async () => {
    inbox = await openInbox();
    at = await openAlertingDesk({ env: { QD_SMTP_URL: inbox.url } });
    ({ desk, ada } = at);
  });
  after(async () => {
    await desk.close();
    await inbox.close();
  });

  const send = (status: 'firing' | 'resolved', alertname: string, ...instances: readonly string[]) => {
    const labels = instances.map((instance) => ({ alertname, instance }));
    return status === 'firing' ? at.fire(...labels) : at.end(...labels);
  };
  const named = async (title: string) => (await at.named(title)).alert;
  const paging = async (title: string) => (await at.paging(title)).state;

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
