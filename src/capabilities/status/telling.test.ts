import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { openInbox, type Inbox } from '#testing/mail.ts';
import { registerTellingRefusal } from './index.ts';

describe('what audiences are told', () => {
  let desk: TestDesk;
  let inbox: Inbox;
  let ada: TestPerson;
  before(async () => {
    inbox = await openInbox();
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z', env: { QD_SMTP_URL: inbox.url, QD_MAIL_FROM: 'desk@example.com' } });
    ada = await desk.person('Ada Byron', 'lead');
  });
  after(async () => {
    await desk.close();
    await inbox.close();
  });

  async function newPage(slug: string) {
    const page = await ada.status.createPage({ title: `Page ${slug}`, slug });
    return ada.status.changePage({ number: page.number, version: page.version, published: true });
  }

  it('audiences inside the house are told by message, and see before who gets it', async () => {
    const {
      incident: { number },
    } = await ada.incidents.declare({ title: 'Payments fail', severity: 'SEV2' });
    const bo = await desk.person('Bea Holm', 'viewer');
    const draft = await ada.status.draftMessage({ about: number, audience: 'business', title: 'Payments fail', text: 'Nobody can pay.' });
    assert.match((await refusalOf(ada.status.sendMessage({ id: draft.id }))).sentence, /Nobody would get it/);
    await ada.status.changeAudience({ audience: 'business', people: [bo.number] });
    assert.deepEqual(
      (await ada.status.recipients({ id: draft.id })).people.map(({ title }) => title),
      ['Bea Holm'],
    );
    await ada.status.sendMessage({ id: draft.id });
    await desk.drain();
    assert.match(inbox.of(bo.email).at(-1)!.text, /Nobody can pay/);
    assert.match((await refusalOf(ada.status.sendMessage({ id: draft.id }))).sentence, /sent already/);
    const { incident: secret } = await ada.incidents.declare({ title: 'Theft', severity: 'SEV2', restricted: true });
    const closed = await ada.status.draftMessage({ about: secret.number, audience: 'business', title: 'x', text: 'x' });
    assert.deepEqual(await ada.status.recipients({ id: closed.id }), { people: [], channels: [], leftOut: 1 });
    assert.equal((await refusalOf(bo.status.recipients({ id: closed.id }))).kind, 'missing');
  });

  it('nobody is told about what its owner keeps inside: a practice', async () => {
    const page = await newPage('practice');
    const { incident } = await ada.incidents.declare({ title: 'A drill', severity: 'SEV2' });
    const post = await ada.status.draftPost({ page: page.number, title: 'Drill', text: 'x', about: incident.number });
    registerTellingRefusal(async (_ctx, id) => (id === incident.id ? 'This is a practice: nobody outside is told.' : undefined));
    assert.equal((await ada.status.preview({ number: post.number })).refusal, 'This is a practice: nobody outside is told.');
    assert.match((await refusalOf(ada.status.send({ number: post.number, version: post.version }))).sentence, /practice/);
    assert.match((await refusalOf(ada.status.draftPost({ page: page.number, title: 'Drill', text: 'x', about: incident.number }))).sentence, /practice/);
  });

  it('an incident fills the templates from what is known of it, and drafts its post with the parts it touches', async () => {
    const page = await newPage('shop');
    const service = await ada.catalog.create({ name: 'checkout-v2 internal', tier: 1 });
    const part = await ada.status.addComponent({ number: page.number, version: page.version, name: 'Checkout', source: service.number });
    const { incident } = await ada.incidents.declare({ title: 'DB locks', severity: 'SEV1', service: service.number });
    await ada.incidents.writeMeaning({ number: incident.number, text: 'nobody can pay' });
    const telling = await ada.incidents.telling({ number: incident.number, occasion: 'begin' });
    const customers = telling.filled.find(({ audience }) => audience === 'customers')!;
    assert.ok(customers.text.includes('Checkout') && customers.text.includes('nobody can pay') && !JSON.stringify(customers).includes('internal'));
    assert.ok(telling.filled.find(({ audience }) => audience === 'technical')!.text.includes('the cause is not known yet'));
    assert.deepEqual(
      telling.components.map(({ component, name }) => [component, name]),
      [[part.id, 'Checkout']],
    );
    const post = await ada.incidents.draftPost({ number: incident.number, page: page.number });
    const shown = await ada.status.post({ number: post.number });
    assert.deepEqual(
      [shown.post.title, shown.post.draft?.states.map(({ state }) => state), shown.post.about?.number],
      ['Trouble with Checkout', ['major_outage'], incident.number],
    );
  });

  it('templates are changed by leads, filled with what is known, and name what is not', async () => {
    const filled = await ada.status.fillTemplate({ audience: 'technical', occasion: 'begin' });
    assert.ok(filled.text.includes('the cause is not known yet') && filled.unknown.includes('cause'));
    assert.match((await refusalOf(ada.status.changeTemplate({ audience: 'customers', occasion: 'begin', title: '{severity}', text: 'x' }))).sentence, /inside of the house/);
    await ada.status.changeTemplate({ audience: 'customers', occasion: 'begin', title: 'Sorry: {services}', text: 'We work on it.' });
    assert.equal((await ada.status.fillTemplate({ audience: 'customers', occasion: 'begin' })).title, 'Sorry: Checkout');
    const back = await ada.status.resetTemplate({ audience: 'customers', occasion: 'begin' });
    assert.equal(back.edited, false);
  });
});
