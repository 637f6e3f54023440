import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

describe('a review', () => {
  let desk: TestDesk;
  let ines: TestPerson;
  let jonas: TestPerson;
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    ines = await desk.person('Ines Okafor', 'responder');
    jonas = await desk.person('Jonas Weidner', 'responder');
  });
  after(() => desk.close());

  const toldTo = async (person: TestPerson) => (await person.notify.mine({})).items.map((n) => n.title);

  async function reviewOf(title: string, severity: 'SEV1' | 'SEV2' | 'SEV3' = 'SEV1'): Promise<string> {
    const {
      incident: { number },
    } = await ines.incidents.declare({ title, severity });
    await desk.advance({ minutes: 10 });
    await ines.incidents.advance({ number, stage: 'mitigating' });
    await desk.advance({ minutes: 20 });
    const { review } = await ines.incidents.resolve({ number, resolution: 'Rolled back.', review: true, reviewOwner: jonas.number });
    return review?.number ?? '';
  }

  it('belongs to whom the commander names, is due by severity, and reminds the owner before and after', async () => {
    const number = await reviewOf('Mail is late', 'SEV2');
    const { review, facts } = await ines.incidents.review({ number });
    assert.deepEqual([review.owner?.title, review.dueOn], ['Jonas Weidner', '2026-03-09']);
    assert.deepEqual(facts.durations, { detect: 0, acknowledge: 0, contain: 10 * 60_000, resolve: 30 * 60_000 });
    await desk.advance({ days: 9 });
    const told = await toldTo(jonas);
    assert.ok(told.includes('Review for you: Mail is late') && told.includes(`Review due 2026-03-09: ${number}`) && told.includes(`Review overdue: ${number}`));
  });

  it('goes from draft to read to closed, and closes only when each finding has an action or a reason', async () => {
    const number = await reviewOf('Payments fail');
    await jonas.incidents.writeSection({ number, section: 'summary', text: 'A limit was removed.' });
    assert.match((await refusalOf(jonas.incidents.passReview({ number }))).sentence, /draft/);
    await jonas.incidents.submitReview({ number });
    await ines.incidents.passReview({ number });
    assert.equal((await refusalOf(jonas.incidents.addFinding({ number, factor: 'Bad luck', text: 'It rained.' }))).kind, 'invalid');
    await jonas.incidents.addFinding({ number, factor: 'Missing safeguard', text: 'Nothing asked before the limit went.' });
    const { findings } = await jonas.incidents.addFinding({ number, factor: 'Late communication', text: 'Customers wrote first.' });
    assert.equal(
      (await refusalOf(jonas.incidents.finishReview({ number }))).sentence,
      '“Missing safeguard” needs an action, or a reason why not. “Late communication” needs an action, or a reason why not.',
    );
    await jonas.incidents.changeFinding({ number, finding: findings[1]?.id ?? '', noActionReason: 'The status page comes next month.' });
    const promised = await jonas.incidents.addAction({ number, title: 'Ask before a limit is removed', owner: ines.number, dueOn: '2026-04-01', finding: findings[0]?.id ?? '' });
    assert.deepEqual(promised.missing, []);
    assert.deepEqual([promised.findings[0]?.actions, promised.actions[0]?.factor], [[promised.actions[0]?.number], 'Missing safeguard']);
    const closed = await jonas.incidents.finishReview({ number });
    assert.equal(closed.review.state, 'closed');
    assert.equal((await refusalOf(jonas.incidents.removeFinding({ number, finding: findings[0]?.id ?? '' }))).kind, 'refused');
  });

  it('asks anew whether earlier actions helped when their factor comes back', async () => {
    const { items } = await ines.followups.list({ factor: 'Missing safeguard' });
    const action = items[0]?.number ?? '';
    await ines.followups.complete({ number: action, evidence: 'https://example.com/asks' });
    await ines.followups.judge({ number: action, helped: 'yes' });
    await desk.advance({ days: 30 });
    const number = await reviewOf('Payments fail again');
    const page = await jonas.incidents.addFinding({ number, factor: 'Missing safeguard', text: 'The question could be skipped.' });
    assert.equal((await ines.followups.get({ number: action })).action.helped, 'open');
    const linked = (await ines.records.links({ number: action })).items.map((one) => one.record.number);
    assert.ok(linked.includes(page.review.incident?.number ?? '?'));
    await desk.drain();
    assert.ok((await toldTo(ines)).includes('It came back: Ask before a limit is removed'));
  });

  it('points at words that blame, and lets them stand', async () => {
    const number = await reviewOf('Search is slow');
    const { wording, sections } = await jonas.incidents.writeSection({ number, section: 'causes', text: 'Ines should have known. The index was dropped.' });
    assert.deepEqual(
      wording.map(({ where, quote }) => [where, quote]),
      [['causes', 'Ines should have']],
    );
    assert.equal(sections.find(({ section }) => section === 'causes')?.text, 'Ines should have known. The index was dropped.');
  });

  it('is written as Markdown and JSON, and for outsiders without names, records and what is restricted', async () => {
    await desk.catalog.create({ name: 'ledger-core', tier: 1 });
    const {
      incident: { number: secret },
    } = await desk.incidents.declare({ title: 'Blackmail by Mallory', severity: 'SEV2', restricted: true });
    const number = await reviewOf('Ledger-core is down, says Ines');
    const text = `Jonas saw it in INC-1 on db7.corp.internal (10.1.2.3, ask ines.okafor@example.com): ledger-core and the case “Blackmail by Mallory” (${secret}).`;
    for (const section of ['summary', 'impact', 'causes', 'wentWell', 'wentBadly', 'learned'] as const) await jonas.incidents.writeSection({ number, section, text });
    const named = await jonas.incidents.addFinding({ number, factor: 'Capacity limit', text });
    await jonas.incidents.addAction({ number, title: `Jonas limits ledger-core`, detail: text, finding: named.findings[0]?.id ?? '' });
    const incident = named.review.incident?.number ?? '';
    await ines.incidents.addNote({ number: incident, kind: 'changed', text });
    await ines.incidents.writeMeaning({ number: incident, text });
    const inside = await jonas.incidents.exportReview({ number });
    assert.match(inside.text, /^# Review of Ledger-core is down, says Ines\n/);
    assert.ok(inside.text.includes('| Until resolved | 30 min |') && inside.text.includes('**Capacity limit** (load)') && inside.file === `${number}.md`);
    for (const format of ['markdown', 'json'] as const) {
      const outside = await jonas.incidents.exportReview({ number, format, redacted: true });
      assert.doesNotMatch(outside.text + outside.file, /ines|okafor|jonas|weidner|ledger|blackmail|mallory|corp|10\.1\.2|\b[A-Z]{3}-\d/i);
      assert.match(outside.text, /\[somebody\] saw it in \[internal record\]/);
    }
    JSON.parse((await jonas.incidents.exportReview({ number, format: 'json', redacted: true })).text);
  });

  it('of a restricted incident has no copy for outsiders', async () => {
    const {
      incident: { number },
    } = await desk.incidents.declare({ title: 'A key leaked', severity: 'SEV1', restricted: true, commander: ines.number });
    const { review } = await ines.incidents.resolve({ number, resolution: 'Key replaced.', reviewOwner: ines.number });
    assert.match((await refusalOf(ines.incidents.exportReview({ number: review?.number ?? '', redacted: true }))).sentence, /restricted/);
    assert.equal((await refusalOf(jonas.incidents.exportReview({ number: review?.number ?? '' }))).kind, 'missing');
    await ines.incidents.updateReview({ number: review?.number ?? '', owner: jonas.number });
    assert.equal((await jonas.incidents.review({ number: review?.number ?? '' })).review.owner?.title, 'Jonas Weidner');
  });

  it('names factors from a list that leads keep', async () => {
    assert.equal((await refusalOf(ines.incidents.writeFactor({ name: 'Tides', category: 'nature' }))).kind, 'forbidden');
    await desk.incidents.writeFactor({ name: 'Tides', category: 'nature', about: 'The cable landing was under water.' });
    const number = await reviewOf('The island is cut off');
    await jonas.incidents.addFinding({ number, factor: 'Tides', text: 'Spring tide.' });
    await desk.incidents.writeFactor({ name: 'Tides', category: 'nature', retired: true });
    assert.match((await refusalOf(jonas.incidents.addFinding({ number, factor: 'Tides', text: 'Again.' }))).sentence, /no longer used/);
    assert.ok((await ines.incidents.factors({})).items.some((one) => one.name === 'Tides' && one.retired));
  });
});
