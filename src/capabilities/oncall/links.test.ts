import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { TestPerson } from '#testing/desk.ts';
import { openPagingDesk, stepOf as step, type PagingDesk } from '#testing/paging.ts';

describe('the page behind a link', () => {
  let here: PagingDesk;
  before(async () => {
    here = await openPagingDesk('2026-03-02T09:00:00Z');
  });
  after(() => here.close());
  beforeEach(() => here.clear());

  const linkOf = ({ email }: TestPerson) => new URL(here.inbox.of(email).at(-1)?.ackLink ?? '').pathname;
  const show = async (link: string) => (await fetch(`${here.desk.url}${link}`)).text();
  const post = async (link: string, deed: string) => (await fetch(`${here.desk.url}${link}/${deed}`, { method: 'POST' })).text();

  it('asks whoever has to answer for themselves, also when somebody else has it, and says that the answer is noted', async () => {
    const { ada, bo, cy } = here;
    await here.inCharge({ steps: [{ ...step(ada, bo), everyone: true }] });
    const number = await here.fire('each by link');
    assert.match(await post(linkOf(ada), 'acknowledge'), /You have it/);
    const before = await show(linkOf(bo));
    assert.match(before, /Page for you/);
    assert.match(before, /Ada Ek has it: acknowledged at .* You are asked to answer as well\./);
    assert.match(before, /acknowledge"><button/);
    const said = await post(linkOf(bo), 'acknowledge');
    assert.match(said, /your answer is noted; Ada Ek has it as well/);
    assert.doesNotMatch(said, /acknowledge"><button/);
    assert.deepEqual(await here.asked(number), []);
    assert.match(await post(linkOf(bo), 'acknowledge'), /already acknowledged by Ada Ek/);
    assert.equal(here.inbox.of(cy.email).length, 0);
  });

  it('shows the name of whoever has it as text', async () => {
    const eve = await here.desk.person('Eve <form action=//evil.example><b>', 'responder');
    await here.inCharge({ steps: [{ ...step(here.ada, eve), everyone: true }] });
    const number = await here.fire('by a strange name');
    await eve.alerts.acknowledge({ number });
    for (const html of [await show(linkOf(here.ada)), await post(linkOf(here.ada), 'acknowledge')]) assert.doesNotMatch(html, /<form action=\/\/|<b>/);
  });
});

describe('policies that change hands while they page', () => {
  let here: PagingDesk;
  before(async () => {
    here = await openPagingDesk('2026-03-02T09:00:00Z');
    await here.desk.oncall.createPolicy({ name: 'Everything else', isDefault: true, repeat: 0, steps: [step(here.cy)] });
  });
  after(() => here.close());
  beforeEach(() => here.clear());

  it('a service that is taken off its policy is paged by the default one at once; what somebody has stays theirs', async () => {
    const { ada, cy, desk } = here;
    const policy = await here.inCharge({ steps: [step(ada)] });
    const [number, taken] = [await here.fire('released'), await here.fire('released and taken')];
    await ada.alerts.acknowledge({ number: taken });
    await desk.oncall.release({ number: policy.number, service: here.service });
    await desk.drain();
    assert.deepEqual([await here.asked(number), await here.asked(taken)], [['Cy'], []]);
    assert.equal((await desk.oncall.paging({ number })).policyName, 'Everything else');
    assert.equal((await desk.alerts.get({ number: taken })).alert.acknowledgedBy?.id, ada.id);
    assert.ok(here.inbox.of(cy.email).length > 0);
  });

  it('a policy that a rule chose is left alone when the service gets another one', async () => {
    const { ada, bo, desk } = here;
    const chosen = await desk.oncall.createPolicy({ name: 'Chosen by a rule', repeat: 0, steps: [step(bo)] });
    const { version, rules } = await desk.alerts.routing({});
    const rule = { id: 'r', under: null, name: 'Night', matchers: '{alertname="ruled"}', goOn: false, set: { policy: chosen.number } };
    await desk.alerts.setRouting({ version, rules: { ...rules, rules: [rule] } });
    const first = await here.inCharge({ steps: [step(ada)] });
    const [ruled, plain] = [await here.fire('ruled'), await here.fire('plain')];
    assert.deepEqual([await here.asked(ruled), await here.asked(plain)], [['Bo'], ['Ada']]);
    await desk.oncall.release({ number: first.number, service: here.service });
    await desk.drain();
    assert.deepEqual([await here.asked(ruled), await here.asked(plain)], [['Bo'], ['Cy']]);
    await here.inCharge({ steps: [step(ada)] });
    await desk.drain();
    assert.deepEqual([await here.asked(ruled), await here.asked(plain)], [['Bo'], ['Ada']]);
  });
});
