import assert from 'node:assert/strict';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { tasksOf } from '#kernel/worker.ts';
import { openTestDesk, refusalOf, type TestDesk, type TestPerson } from '#testing/desk.ts';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** The three trackers, as far as the desk asks them, in their documented shapes. */
async function openTrackers() {
  const asked: Asked[] = [];
  const answers: { status: number; github: object; gitlab: object; jira: object } = { status: 200, github: {}, gitlab: {}, jira: {} };
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const url = request.url ?? '';
      asked.push({ method: request.method ?? '', url, headers: request.headers, body });
      const kind = url.startsWith('/repos') ? 'github' : url.startsWith('/api/v4') ? 'gitlab' : 'jira';
      response.writeHead(answers.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answers[kind]));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, answers, close: () => new Promise((resolve) => server.close(resolve)) };
}

describe('issue trackers', () => {
  let desk: TestDesk;
  let lead: TestPerson;
  let bo: TestPerson;
  let there: Awaited<ReturnType<typeof openTrackers>>;
  before(async () => {
    there = await openTrackers();
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
    lead = await desk.person('Lea Lead', 'lead');
    bo = await desk.person('Bo Berg', 'responder');
  });
  after(async () => {
    await desk.close();
    await there.close();
  });

  const look = async () => {
    const task = tasksOf(desk.desk).get('followups.lookAtIssues');
    assert.ok(task);
    await task(desk.desk, {});
    await desk.drain();
  };
  const idOf = async (name: string) => (await bo.followups.trackers({})).items.find((one) => one.name === name)?.id ?? '';

  it('are added by leads, with a project that can be meant, and never show their token', async () => {
    const token = 'a-secret-token-123';
    assert.equal((await refusalOf(bo.followups.addTracker({ name: 'Code', kind: 'github', project: 'acme/shop', token }))).kind, 'forbidden');
    assert.equal((await refusalOf(lead.followups.addTracker({ name: 'Code', kind: 'github', project: 'shop', token }))).sentence, 'Write the repository as owner/name.');
    assert.match((await refusalOf(lead.followups.addTracker({ name: 'Jira', kind: 'jira', project: 'OPS', token }))).sentence, /address/);
    await lead.followups.addTracker({ name: 'Code', kind: 'github', address: `${there.url}/`, project: 'acme/shop', token });
    await lead.followups.addTracker({ name: 'Lab', kind: 'gitlab', address: there.url, project: 'acme/tools/shop', token });
    const { items } = await lead.followups.addTracker({ name: 'Jira', kind: 'jira', address: there.url, project: 'OPS', account: 'ops@example.com', token });
    assert.equal(items.length, 3);
    assert.ok(!JSON.stringify(items).includes(token));
    const { rows } = await sql<{ line: string }>`select row_to_json(t)::text as line from followups_tracker t`.execute(desk.desk.db);
    assert.ok(rows.length === 3 && rows.every(({ line }) => !line.includes(token)), 'encrypted where it is kept');
  });

  it('get an issue of an action in their own shape, and what is done there is done here', async () => {
    const cases = [
      {
        name: 'Code',
        made: { github: { number: 7, html_url: 'https://github.example/acme/shop/issues/7', state: 'open', state_reason: null } },
        done: { github: { number: 7, html_url: 'https://github.example/acme/shop/issues/7', state: 'closed', state_reason: 'completed' } },
        post: ['/repos/acme/shop/issues', 'Bearer a-secret-token-123'],
        key: '7',
        look: '/repos/acme/shop/issues/7',
      },
      {
        name: 'Lab',
        made: { gitlab: { id: 91, iid: 12, web_url: 'https://lab.example/acme/tools/shop/-/issues/12', state: 'opened' } },
        done: { gitlab: { id: 91, iid: 12, web_url: 'https://lab.example/acme/tools/shop/-/issues/12', state: 'closed' } },
        post: ['/api/v4/projects/acme%2Ftools%2Fshop/issues', undefined],
        key: '12',
        look: '/api/v4/projects/acme%2Ftools%2Fshop/issues/12',
      },
      {
        name: 'Jira',
        made: { jira: { id: '10042', key: 'OPS-42', self: 'https://jira.example/rest/api/2/issue/10042' } },
        done: { jira: { key: 'OPS-42', fields: { status: { name: 'Done', statusCategory: { key: 'done' } }, resolution: { name: 'Done' } } } },
        post: ['/rest/api/2/issue', `Basic ${Buffer.from('ops@example.com:a-secret-token-123').toString('base64')}`],
        key: 'OPS-42',
        look: '/rest/api/2/issue/OPS-42?fields=status,resolution',
      },
    ] as const;
    for (const one of cases) {
      Object.assign(there.answers, { status: one.name === 'Code' ? 201 : 200 }, one.made);
      const { number } = await bo.followups.create({ title: `Limit the pool (${one.name})`, detail: 'To 40.', owner: 'me', dueOn: '2026-04-01' });
      await bo.followups.handOn({ number, tracker: await idOf(one.name) });
      assert.equal((await refusalOf(bo.followups.handOn({ number, tracker: await idOf(one.name) }))).sentence, 'This action has an issue already.');
      await desk.drain();
      const { issue } = await bo.followups.get({ number });
      assert.deepEqual([issue?.key, issue?.trouble, issue?.state], [one.key, '', 'open']);
      const post = there.asked.at(-1);
      assert.deepEqual([post?.method, post?.url, post?.headers.authorization], ['POST', ...one.post]);
      if (one.name === 'Lab') assert.equal(post?.headers['private-token'], 'a-secret-token-123');
      assert.ok(post?.body.includes(`Limit the pool (${one.name})`) && post.body.includes(`/actions/${number}`));
      Object.assign(there.answers, { status: 200 }, one.done);
      await look();
      assert.deepEqual([there.asked.at(-1)?.method, there.asked.at(-1)?.url], ['GET', one.look]);
      const { action } = await bo.followups.get({ number });
      assert.deepEqual([action.state, action.evidence], ['done', issue?.url]);
    }
  });

  it('that refuse say why, and the action can be handed on again', async () => {
    Object.assign(there.answers, { status: 401, github: { message: 'Bad credentials' } });
    const { number } = await bo.followups.create({ title: 'Alarm on disks', owner: 'me' });
    await bo.followups.handOn({ number, tracker: await idOf('Code') });
    await desk.drain();
    assert.match((await bo.followups.get({ number })).issue?.trouble ?? '', /does not take the token \(401\)/);
    Object.assign(there.answers, { status: 201, github: { number: 8, html_url: 'https://github.example/8', state: 'open' } });
    await bo.followups.handOn({ number, tracker: await idOf('Code') });
    await desk.drain();
    assert.equal((await bo.followups.get({ number })).issue?.key, '8');
    Object.assign(there.answers, { status: 200, github: { number: 8, html_url: 'https://github.example/8', state: 'closed', state_reason: 'not_planned' } });
    await look();
    const { action, issue } = await bo.followups.get({ number });
    assert.deepEqual([action.state, issue?.state], ['open', 'dropped']);
    assert.ok((await bo.notify.mine({})).items.some(({ title }) => title === 'Closed elsewhere: Alarm on disks'));
  });

  it('never get what is restricted, nor anything after they are removed', async () => {
    const {
      incident: { number: incident },
    } = await desk.incidents.declare({ title: 'A key leaked', severity: 'SEV1', restricted: true, commander: bo.number });
    const { review } = await bo.incidents.resolve({ number: incident, resolution: 'Replaced.' });
    const { actions } = await bo.incidents.addAction({ number: review?.number ?? '', title: 'Rotate keys' });
    const before = there.asked.length;
    assert.match((await refusalOf(bo.followups.handOn({ number: actions[0]?.number ?? '', tracker: await idOf('Code') }))).sentence, /restricted/);
    const tracker = await idOf('Code');
    await lead.followups.removeTracker({ tracker });
    const { number } = await bo.followups.create({ title: 'Too late' });
    assert.equal((await refusalOf(bo.followups.handOn({ number, tracker }))).kind, 'missing');
    await desk.drain();
    assert.equal(there.asked.length, before);
  });
});
