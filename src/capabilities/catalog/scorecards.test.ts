import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

let desk: TestDesk;
let bo: TestPerson;
let vera: TestPerson;
let lea: TestPerson;
before(async () => {
  desk = await openTestDesk();
  bo = await desk.person('Bo', 'responder');
  vera = await desk.person('Vera', 'viewer');
  lea = await desk.person('Lea', 'lead');
});
after(() => desk.close());

const day = (days: number) => new Date(desk.now() + days * 86_400_000).toISOString().slice(0, 10);
const standing = (number: string) => vera.catalog.standing({ number });
const failing = async (number: string, level: string) =>
  (await standing(number)).results.filter(({ rule, outcome }) => rule.level === level && outcome === 'failed').map(({ rule }) => rule.title);
const change = async (number: string, fields: object) => bo.catalog.update({ number, version: (await bo.catalog.get({ number })).service.version, ...fields });

test('a service climbs level by level; its page says what is missing, with the value that was found', async () => {
  const team = await desk.people.createTeam({ name: 'Shop team' });
  const { number } = await bo.catalog.create({ name: 'Shop', tier: 2 });
  const first = await standing(number);
  assert.deepEqual([first.level, first.next, first.missing], ['basic', 'bronze', 3]);
  assert.equal(first.results.find(({ rule }) => rule.fact === 'catalog.summary')?.value, '');

  await change(number, { team: team.number, lead: lea.number, summary: 'Sells shoes.' });
  const bronze = await standing(number);
  assert.deepEqual([bronze.level, bronze.next, bronze.missing], ['bronze', 'silver', 6]);
  assert.deepEqual(
    bronze.results.filter(({ rule }) => rule.level === 'bronze').map(({ value }) => value),
    ['Shop team', 'Lea', 'Sells shoes.'],
  );

  const [db, twin] = [await bo.catalog.createComponent({ name: 'db-1', type: 'database' }), await bo.catalog.createComponent({ name: 'db-2', type: 'database' })];
  await bo.catalog.addEdge({ provider: db.number, consumer: number, group: 'db' });
  const check = await bo.checks.create({ name: 'shop probe', service: number, probe: { kind: 'http', url: 'http://127.0.0.1:9/', intervalSeconds: 60 } });
  const policy = await lea.oncall.createPolicy({ name: 'Shop people', steps: [{ targets: [{ kind: 'person', number: bo.number }], waitMinutes: 5 }] });
  await lea.oncall.cover({ number: policy.number, service: number });
  await change(number, { rpoMinutes: 15, rtoMinutes: 60, links: [{ label: 'Runbook', url: 'https://wiki.example.com/shop' }] });
  assert.deepEqual([(await standing(number)).level, await failing(number, 'silver')], ['silver', []]);
  assert.deepEqual(await failing(number, 'gold'), ['No single point of failure above it', 'Says when it is supported', 'Says how many it affects']);

  await bo.catalog.addEdge({ provider: twin.number, consumer: number, group: 'db' });
  await bo.catalog.setRedundancy({ consumer: number, group: 'db', minUp: 1 });
  await change(number, { usersAffected: 0, supportHours: 'Mon–Fri 7–19' });
  const top = await standing(number);
  assert.deepEqual([top.level, top.next, top.missing], ['gold', null, 0], 'no users affected is an answer too');

  await bo.checks.pause({ number: check.number, version: (await bo.checks.get({ number: check.number })).check.version });
  assert.deepEqual([(await standing(number)).level, await failing(number, 'silver')], ['bronze', ['A check watches it']], 'a paused check watches nothing');
});

test('rules of some tiers ask nothing of the others', async () => {
  const { number } = await bo.catalog.create({ name: 'Lunch menu', tier: 4 });
  const asked = (await standing(number)).results.map(({ rule }) => rule.title);
  assert.ok(asked.includes('A check watches it') && !asked.includes('On-call covers it') && !asked.includes('Says how much may be lost'));
});

test('a lead changes, orders and removes rules, each with a trace; others and rules that ask the wrong thing are refused', async () => {
  const { number } = await bo.catalog.create({ name: 'Payroll', tier: 3, summary: 'Pays.' });
  const fields = { level: 'bronze' as const, title: 'Carries something', fact: 'catalog.capability', operator: 'contains' as const, value: 'pay', advice: 'Say what: Change.' };
  assert.equal((await refusalOf(bo.catalog.createRule(fields))).kind, 'forbidden');
  assert.match((await refusalOf(lea.catalog.createRule({ ...fields, operator: 'at least', value: 1 }))).sentence, /choose is set/i);
  assert.match((await refusalOf(lea.catalog.createRule({ ...fields, fact: 'gone.fact' }))).sentence, /Nothing on this desk knows gone\.fact/);

  const rule = await lea.catalog.createRule(fields);
  assert.ok((await failing(number, 'bronze')).includes('Carries something'));
  await change(number, { capability: 'Pay people' });
  assert.ok(!(await failing(number, 'bronze')).includes('Carries something'));

  const changed = await lea.catalog.updateRule({ id: rule.id, operator: 'is set', tiers: [3, 3, 1] });
  assert.deepEqual([changed.value, changed.tiers], [null, [1, 3]]);
  const { rules } = await vera.catalog.scorecard({});
  const bronze = rules.filter(({ level }) => level === 'bronze');
  assert.equal(bronze.at(-1)?.id, rule.id, 'a new rule is the last of its level');
  const moved = [rule.id, ...rules.map(({ id }) => id).filter((id) => id !== rule.id)];
  assert.equal((await lea.catalog.orderRules({ rules: moved })).rules[0]?.id, rule.id);
  assert.equal((await refusalOf(lea.catalog.orderRules({ rules: moved.slice(1) }))).kind, 'refused');

  await lea.catalog.removeRule({ id: rule.id });
  assert.equal((await refusalOf(lea.catalog.updateRule({ id: rule.id, title: 'Back' }))).kind, 'missing');
  assert.ok(!(await standing(number)).results.some((one) => one.rule.id === rule.id));
  const { rows } = await desk.desk.readPool.query(`select did from activity where data->>'rule' = $1 or did = 'scorecard.ordered' order by seq`, [rule.id]);
  assert.deepEqual(
    rows.map(({ did }) => did),
    ['scorecard.ruleAdded', 'scorecard.ruleChanged', 'scorecard.ordered', 'scorecard.ruleRemoved'],
  );
});

test('a rule whose fact nothing knows any more is passed by nobody, and says so', async () => {
  const { number } = await bo.catalog.create({ name: 'Intranet', tier: 3 });
  const rule = await lea.catalog.createRule({ level: 'gold', title: 'Is backed up', fact: 'catalog.tags', operator: 'is not set', advice: 'Back it up.' });
  await desk.open.desk.pool.query('update catalog_rule set fact = $1 where id = $2', ['backup.age', rule.id]);
  const found = (await standing(number)).results.find((one) => one.rule.id === rule.id);
  assert.deepEqual([found?.outcome, found?.rule.label, found?.value], ['failed', null, null]);
  await lea.catalog.removeRule({ id: rule.id });
});

test('an exemption counts as passed until its day is over, is shown with its reason, and can be ended before', async () => {
  const { number } = await bo.catalog.create({ name: 'Fax', tier: 4, summary: 'Sends faxes.', lead: lea.number });
  const [owner] = (await standing(number)).results.filter(({ rule }) => rule.fact === 'catalog.team');
  const asked = { number, rule: owner!.rule.id, reason: 'The team is being founded.', until: day(10) };
  assert.equal((await refusalOf(bo.catalog.exempt(asked))).kind, 'forbidden');
  assert.match((await standing(number)).may.exempt ?? '', /role lead/);
  assert.match((await refusalOf(lea.catalog.exempt({ ...asked, until: day(-1) }))).sentence, /over/);
  assert.match((await refusalOf(lea.catalog.exempt({ ...asked, until: day(370) }))).sentence, /year/);

  await lea.catalog.exempt(asked);
  const { id } = await lea.catalog.exempt({ ...asked, until: day(3) });
  const excused = await standing(number);
  const shown = excused.results.find(({ rule }) => rule.id === asked.rule);
  assert.deepEqual(
    [excused.level, shown?.outcome, shown?.exemption?.id, shown?.exemption?.by?.title, shown?.exemption?.until],
    ['bronze', 'exempt', id, 'Lea', day(3)],
    'the later one replaces the first',
  );
  await desk.advance({ days: 3 });
  assert.equal((await standing(number)).level, 'bronze', 'on its last day');
  await desk.advance({ days: 1 });
  assert.deepEqual([(await standing(number)).level, (await standing(number)).results.find(({ rule }) => rule.id === asked.rule)?.exemption], ['basic', null]);

  const again = await lea.catalog.exempt({ ...asked, until: day(30) });
  assert.equal((await standing(number)).level, 'bronze');
  await lea.catalog.endExemption({ id: again.id });
  assert.equal((await standing(number)).level, 'basic');
});

test('coverage counts the services in use that one may see, by team and by rule, and the list behind each count has as many', async () => {
  const crew = await desk.people.createTeam({ name: 'Crew' });
  for (const name of ['Mail', 'Files']) await lea.catalog.create({ name, tier: 1, team: crew.number, lead: lea.number, summary: 'Is used.' });
  await lea.catalog.create({ name: 'Later', tier: 1, team: crew.number, lifecycle: 'planned' });
  const secret = await lea.catalog.create({ name: 'Merger', tier: 1, team: crew.number });
  await desk.open.desk.pool.query(`update record set visibility = 'restricted', owner_id = $2 where number = $1`, [secret.number, lea.id]);

  const all = await vera.catalog.coverage({});
  const one = await vera.catalog.coverage({ tier: [1] });
  assert.equal(one.services, 2, 'neither the planned nor the restricted one');
  assert.deepEqual(one.teams, [{ team: { id: crew.id, kind: 'team', number: crew.number, title: 'Crew' }, services: 2, levels: { basic: 0, bronze: 2, silver: 0, gold: 0 } }]);
  assert.equal((await lea.catalog.coverage({ tier: [1] })).services, 3);
  assert.equal(
    Object.values(all.levels).reduce((sum, count) => sum + count),
    all.services,
  );
  assert.equal(
    all.teams.reduce((sum, { services }) => sum + services, 0),
    all.services,
  );

  for (const { rule, failed } of all.rules) assert.equal((await vera.catalog.scored({ rule: rule.id })).items.length, failed, rule.title);
  for (const { team, levels } of all.teams)
    for (const level of ['basic', 'bronze', 'silver', 'gold'] as const)
      assert.equal((await vera.catalog.scored({ level, team: team?.number ?? 'none' })).items.length, levels[level]);
  assert.ok(
    all.rules.every(({ failed }, at) => at === 0 || failed <= all.rules[at - 1]!.failed),
    'the worst first',
  );
  const { items } = await vera.catalog.scored({ team: crew.number });
  assert.deepEqual(
    items.map(({ service, level, next }) => [service.title, level, next]),
    [
      ['Files', 'bronze', 'silver'],
      ['Mail', 'bronze', 'silver'],
    ],
  );
  assert.ok(items[0]?.missing.includes('Has a runbook'));
});
