import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { maintenanceDuring, muteRules } from './index.ts';
import { activeSpans, mutedBy } from './rules/index.ts';

const HOUR = 3_600_000;

describe('mutes', () => {
  let desk: TestDesk;
  let bo: TestPerson;
  let lena: TestPerson;
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    [bo, lena] = [await desk.person('Bo', 'responder'), await desk.person('Lena', 'lead')];
    const shop = await desk.catalog.create({ name: 'Shop', slug: 'shop', tier: 1 });
    await desk.catalog.create({ name: 'Store room', slug: 'store-room' });
    await desk.checks.create({ name: 'Shop front page', service: shop.number, probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: 3600 }, graceSeconds: 600 } });
  });
  after(() => desk.close());

  const until = (minutes: number) => new Date(desk.now() + minutes * 60_000).toISOString();
  const didOf = async (number: string) =>
    (await desk.records.timeline({ number })).items
      .map(({ did }) => did)
      .filter((did) => did.startsWith('mute.'))
      .toReversed();
  const mutedNow = async (labels: Record<string, string>) => mutedBy(await muteRules(desk.desk.db), labels, desk.now());

  it('silence what their labels match until they are over, and say who made them and why', async () => {
    const mute = await bo.mutes.create({ reason: 'Moving the shop', matchers: ['{service="shop"}'], when: { kind: 'window', until: until(60) } });
    assert.deepEqual([mute.number, mute.state, mute.by?.title], ['MUT-1', 'active', 'Bo']);
    const muted = await mutedNow({ service: 'shop', severity: 'critical' });
    assert.deepEqual([muted?.mute.title, muted?.mute.by, muted?.until], ['Moving the shop', 'Bo', desk.now() + HOUR]);
    assert.equal(await mutedNow({ service: 'bank' }), null);
    await desk.advance({ minutes: 60 });
    assert.equal(await mutedNow({ service: 'shop' }), null);
    assert.deepEqual(await didOf('MUT-1'), ['mute.created', 'mute.began', 'mute.over']);
    assert.deepEqual([(await desk.mutes.get({ number: 'MUT-1' })).mute.state, (await muteRules(desk.desk.db)).length], ['over', 0]);
  });

  it('remind their maker once before the end, and again when they were extended', async () => {
    const { number } = await bo.mutes.create({ reason: 'Disk exchange', matchers: ['{service="shop"}'], when: { kind: 'window', until: until(60) }, remindMinutes: 10 });
    const told = async () => (await bo.notify.mine({})).items.filter(({ title, channel }) => title.includes('Disk exchange') && channel === 'browser').map(({ title }) => title);
    await desk.advance({ minutes: 49 });
    assert.deepEqual(await told(), []);
    await desk.advance({ minutes: 1 });
    assert.deepEqual(await told(), ['Ends in 10 minutes: Disk exchange']);
    await bo.mutes.extend({ number, until: until(70) });
    await desk.advance({ minutes: 69 });
    assert.equal((await told()).length, 2);
    await desk.advance({ minutes: 2 });
    assert.deepEqual(await didOf(number), ['mute.created', 'mute.began', 'mute.reminded', 'mute.changed', 'mute.reminded', 'mute.over']);
  });

  it('that have begun are continued by a new one when other labels are meant, so that the past stays true', async () => {
    const first = await bo.mutes.create({ reason: 'Network', kind: 'maintenance', matchers: ['{service="shop"}'], when: { kind: 'window', until: until(120) } });
    const began = desk.now();
    await desk.advance({ minutes: 30 });
    const newest = (await bo.mutes.get({ number: first.number })).mute;
    const second = await bo.mutes.update({ number: first.number, version: newest.version, matchers: ['{service="store-room"}'] });
    assert.notEqual(second.number, first.number);
    assert.equal(second.continues?.number, first.number);
    const old = await bo.mutes.get({ number: first.number });
    assert.deepEqual([old.mute.state, old.continuedBy?.number, old.mute.matchers], ['over', second.number, ['{service="shop"}']]);
    assert.deepEqual([await mutedNow({ service: 'shop' }), (await mutedNow({ service: 'store-room' }))?.mute.number], [null, second.number]);
    const kept = (await maintenanceDuring(desk.desk.db, { from: began, until: began + HOUR })).find((rule) => rule.number === first.number);
    assert.deepEqual(kept && activeSpans(kept.when, { from: began, until: began + HOUR }), [{ from: began, until: began + HOUR / 2 }]);
    assert.match((await refusalOf(bo.mutes.update({ number: first.number, version: old.mute.version, reason: 'Other' }))).sentence, /over/);
    const later = { kind: 'window' as const, from: until(10), until: until(90) };
    assert.match((await refusalOf(bo.mutes.update({ number: second.number, version: second.version, when: later }))).sentence, /start stays/);
    const ended = await bo.mutes.end({ number: second.number });
    assert.deepEqual([ended.state, ended.endedByHand], ['over', true]);
    assert.equal((await didOf(second.number)).at(-1), 'mute.ended');
  });

  it('that have not begun change in place, and end without ever having been', async () => {
    const made = await bo.mutes.create({ reason: 'Tomorrow', matchers: ['{service="shop"}'], when: { kind: 'window', from: until(60), until: until(120) } });
    assert.equal(made.state, 'coming');
    const changed = await bo.mutes.update({
      number: made.number,
      version: made.version,
      matchers: ['{tier="1"}', '{check=~"CHK-.+"}'],
      when: { kind: 'window', from: until(90), until: until(120) },
    });
    assert.deepEqual([changed.number, changed.matchers.length], [made.number, 2]);
    const earlier = await bo.mutes.create({ reason: 'Earlier', matchers: ['{service="shop"}'], when: { kind: 'window', from: until(60), until: until(120) } });
    const begun = await bo.mutes.update({ number: earlier.number, version: earlier.version, when: { kind: 'window', from: until(-1), until: until(120) } });
    assert.deepEqual([begun.state, begun.when.from], ['active', new Date(desk.now()).toISOString()]);
    await bo.mutes.end({ number: earlier.number });
    await bo.mutes.end({ number: made.number });
    await desk.advance({ hours: 3 });
    assert.deepEqual(await didOf(made.number), ['mute.created', 'mute.changed', 'mute.ended']);
  });

  it('come again in the zone they were planned in, and write each beginning and end', async () => {
    const made = await lena.mutes.create({
      reason: 'Nightly copy',
      kind: 'maintenance',
      matchers: ['{service="shop"}'],
      when: { kind: 'weekly', weekly: { start: '02:00', minutes: 60, weekdays: [], zone: 'Europe/Berlin' } },
    });
    assert.deepEqual([made.state, made.pattern, made.next?.from], ['waiting', 'every day 02:00–03:00, Europe/Berlin', '2026-03-03T01:00:00.000Z']);
    await desk.advance({ days: 2 });
    assert.deepEqual(await didOf(made.number), ['mute.created', 'mute.began', 'mute.over', 'mute.began', 'mute.over']);
    const { items } = await desk.mutes.calendar({ from: '2026-03-28T00:00:00Z', until: '2026-03-31T00:00:00Z' });
    // On the 29th the clock is set from 02:00 to 03:00: nothing is left of that hour, so it takes place right after.
    assert.deepEqual(
      items.map(({ from, until: to }) => `${from} ${to}`),
      ['2026-03-28T01:00:00.000Z 2026-03-28T02:00:00.000Z', '2026-03-29T01:00:00.000Z 2026-03-29T02:00:00.000Z', '2026-03-30T00:00:00.000Z 2026-03-30T01:00:00.000Z'],
    );
    await lena.mutes.end({ number: made.number });
  });

  it('of more than a day, or again and again, are for leads; anybody who responds may end them', async () => {
    const weekly = { kind: 'weekly' as const, weekly: { start: '02:00', minutes: 60, zone: 'UTC' } };
    const long = await refusalOf(bo.mutes.create({ reason: 'Long', matchers: ['{service="shop"}'], when: { kind: 'window', until: until(25 * 60) } }));
    assert.deepEqual([long.kind, long.sentence], ['forbidden', 'Only a lead may silence for longer than 24 hours. Choose an earlier end, or ask a lead.']);
    assert.equal((await refusalOf(bo.mutes.create({ reason: 'Weekly', matchers: ['{service="shop"}'], when: weekly }))).kind, 'forbidden');
    const made = await lena.mutes.create({ reason: 'Weekly', matchers: ['{service="shop"}'], when: weekly });
    const { may } = await bo.mutes.get({ number: made.number });
    assert.deepEqual([typeof may.update, typeof may.extend, may.end], ['string', 'string', null]);
    assert.equal((await bo.mutes.end({ number: made.number })).state, 'over');
  });

  it('show before they are made when they hold and what they would keep silent', async () => {
    const shown = await bo.mutes.preview({ matchers: ['{service="shop"}'], when: { kind: 'window', until: until(30) } });
    assert.equal(shown.windows.length, 1);
    assert.deepEqual(
      shown.affected.map(({ kind, count, examples }) => [kind, count, examples[0]?.title]),
      [
        ['service', 1, 'Shop'],
        ['check', 1, 'Shop front page'],
        ['alert', 0, undefined],
      ],
    );
    const refused = await bo.mutes.preview({ matchers: ['{service=~"("}'], when: { kind: 'intervals', intervals: [{ times: [{ from: '22:00', until: '06:00' }], zone: 'UTC' }] } });
    assert.match(refused.matchersRefused ?? '', /cannot be read/);
    assert.match(refused.whenRefused ?? '', /A night is two ranges/);
    const all = await refusalOf(bo.mutes.create({ reason: 'All', matchers: ['{}'], when: { kind: 'window', until: until(30) } }));
    assert.deepEqual([all.kind, all.fields[0]?.field], ['invalid', 'matchers']);
  });
});
