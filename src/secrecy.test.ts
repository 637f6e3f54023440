import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import type * as z from 'zod';
import { upload } from '#testing/uploads.ts';
import { openTestDesk, type TestDesk, type TestPerson } from '#testing/desk.ts';
import { allContracts } from './contracts.ts';

const MARK = 'Zanzibarquark';
let desk: TestDesk;
let ed: TestPerson;
let others: readonly TestPerson[];
before(async () => {
  desk = await openTestDesk();
  ed = await desk.person('Ed', 'lead');
  others = [await desk.person('Otto', 'responder'), await desk.person('Ada', 'admin')];
});
after(() => desk.close());

const read = async (token: string, path: string) => {
  const answer = await fetch(`${desk.url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { status: answer.status, text: await answer.text() };
};

/** Collects what a live stream sends until it is closed. */
async function listen(token: string, from: string): Promise<{ text(): string; close(): void }> {
  const abort = new AbortController();
  const answer = await fetch(`${desk.url}/api/v1/events`, { headers: { authorization: `Bearer ${token}`, 'last-event-id': from }, signal: abort.signal });
  let said = '';
  const decoder = new TextDecoder();
  void (async () => {
    for await (const chunk of answer.body ?? []) said += decoder.decode(chunk as Uint8Array, { stream: true });
  })().catch(() => undefined);
  return { text: () => said, close: () => abort.abort() };
}

interface Walk {
  /** Numbers and ids that a path may name. */
  readonly known: readonly string[];
  readonly ids: readonly string[];
  /** What is searched for and asked about; the last is a number. */
  readonly asked: readonly [string, string];
  readonly secrets: readonly string[];
}

/** Asks every reading verb as its owner and as the others; nothing secret is in what the others get. */
async function walk({ known, ids, asked: [words, number], secrets }: Walk): Promise<{ readonly walked: number; readonly held: number }> {
  let [walked, held] = [0, 0];
  const span = `from=2026-01-01T00:00:00Z&until=${new Date(desk.now()).toISOString()}`;
  for (const contract of allContracts) {
    for (const [name, verb] of Object.entries(contract.verbs)) {
      if (verb.method !== 'GET') continue;
      const shape = (verb.input as unknown as z.ZodObject).shape;
      const paths = verb.path.includes('{number}') ? known.map((one) => verb.path.replace('{number}', one)) : ids.map((one) => verb.path.replace(/\{\w+\}/g, one));
      const queries = [
        'from' in shape && 'until' in shape ? `?${span}` : '',
        ...('q' in shape ? [`?q=${words}`, `?q=${number}`] : []),
        ...('about' in shape ? [`?about=${number}`] : []),
        ...('record' in shape ? [`?record=${number}`] : []),
        ...('at' in shape ? [`?at=${new Date(desk.now() - 1).toISOString()}`] : []),
        ...('state' in shape && 'about' in shape ? ['?state=settled', '?state=ignored'] : []),
      ];
      const scopes = 'scope' in shape ? [...queries, '?scope=everyone'] : queries;
      for (const path of new Set(paths))
        for (const query of scopes) {
          const mine = await read(ed.token, `/api/v1${path}${query}`);
          if (mine.text.includes(MARK)) held += 1;
          for (const other of others) {
            const { status, text } = await read(other.token, `/api/v1${path}${query}`);
            const which = `${contract.name}.${name} ${path}${query} for ${other.name}: ${status} ${text.slice(0, 2000)}`;
            assert.notEqual(status, 500, which);
            if (status === 200) for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} in ${which}`);
            else assert.ok(!text.includes(MARK), which);
            walked += 1;
          }
        }
    }
  }
  return { walked, held };
}

it('nothing of a restricted incident reaches anybody else: by no reading verb, no stream, no file', { timeout: 60_000 }, async () => {
  const streams = await Promise.all([ed, ...others].map((one) => listen(one.token, '0.0')));
  const service = await ed.catalog.create({ name: 'Shop' });
  const { incident: open } = await ed.incidents.declare({ title: 'An open one', severity: 'SEV3' });
  const { incident } = await ed.incidents.declare({ title: `${MARK} title`, severity: 'SEV1', summary: `${MARK} summary`, service: service.number, restricted: true });
  const { number } = incident;
  await ed.incidents.postUpdate({ number, text: `${MARK} update` });
  await ed.incidents.writeMeaning({ number, text: `${MARK} meaning` });
  await ed.incidents.addNote({ number, kind: 'tested', text: `${MARK} note`, result: 'good' });
  const comment = await ed.records.comment({ number, body: `${MARK} comment` });
  await ed.records.link({ number: open.number, relation: 'caused by', to: number });
  const action = await ed.followups.create({ title: `${MARK} action`, about: number, owner: 'me', dueOn: '2026-03-01' });
  const upload = await fetch(`${desk.url}/api/v1/records/${number}/attachments?name=${MARK}.txt`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${ed.token}`, 'content-type': 'application/octet-stream' },
    body: `${MARK} file`,
  });
  assert.equal(upload.status, 200);
  const file = ((await upload.json()) as { href: string }).href;
  await desk.drain();
  const links = (await ed.records.links({ number })).items.map((one) => JSON.stringify(one));
  const secrets = [MARK, incident.id, action.id, `"${number}"`, `"${action.number}"`];
  const known = [...new Set(JSON.stringify([number, action.number, open.number, service.number, ed.number, links]).match(/\b[A-Z]{2,4}-\d+\b/g))];
  const { walked, held } = await walk({ known, ids: [incident.id], asked: [MARK, number], secrets });
  assert.ok(walked > 200 && held > 10, `${walked} walked, ${held} hold it for its commander`);
  assert.equal((await read(ed.token, file)).text, `${MARK} file`);
  for (const other of others) {
    assert.equal((await read(other.token, file)).status, 404);
    await assert.rejects(other.records.editComment({ id: comment.id, body: 'x' }), /404|403|not|exist/i);
    await assert.rejects(other.records.link({ number: open.number, relation: 'caused by', to: number }));
    await assert.rejects(other.records.comment({ number, body: 'x' }), /not exist|nothing|no /i);
    await assert.rejects(other.incidents.join({ number }));
  }
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const [own, ...foreign] = streams.map((stream) => stream.text());
  for (const stream of streams) stream.close();
  assert.ok(own?.includes(MARK), 'its commander follows it live');
  for (const text of foreign) {
    assert.ok(text.includes(open.number), 'the others follow what is open to them');
    for (const secret of secrets) assert.ok(!text.includes(secret), `${secret} in the live stream: ${text.split('\n').find((line) => line.includes(secret))}`);
  }
});

it('nothing of a restricted component reaches anybody else, though it is in an import, an edge, a group and a question', { timeout: 90_000 }, async () => {
  const send = async (source: string, csv: string) => {
    const { status, run } = await upload({ url: desk.url, token: ed.token }, source, { 'hosts.csv': csv });
    assert.equal(status, 200);
    return run;
  };
  const apply = async (source: string, csv: string) => {
    const run = await send(source, csv);
    await ed.catalog.applyRun({ id: run });
    await desk.drain();
    return run;
  };
  const secret = await ed.catalog.createComponent({ name: `${MARK}-db`, type: 'vm', address: '10.66.0.1', summary: `${MARK} summary`, lead: ed.number });
  await sql`update record set visibility = 'restricted' where id = ${secret.id}`.execute(desk.desk.db);
  const service = await ed.catalog.create({ name: 'Till', tier: 1, usersAffected: 900 });
  const [web, spare] = [await ed.catalog.createComponent({ name: 'till-web', type: 'vm' }), await ed.catalog.createComponent({ name: 'till-spare', type: 'vm' })];
  const began = new Date(desk.now()).toISOString();
  await ed.catalog.addEdge({ provider: secret.number, consumer: web.number });
  await ed.catalog.addEdge({ provider: secret.number, consumer: spare.number });
  for (const one of [web, spare]) await ed.catalog.addEdge({ provider: one.number, consumer: service.number, group: 'tills' });
  const direct = await ed.catalog.addEdge({ provider: secret.number, consumer: service.number });
  await ed.catalog.updateEdge({ id: direct.edge.id, impact: 'soft', note: 'direct' });
  await ed.catalog.setRedundancy({ consumer: service.number, group: 'tills', minUp: 1 });
  await ed.catalog.setRedundancy({ consumer: secret.number, group: 'own', minUp: 1 });
  const [first, second] = [await ed.catalog.createImport({ name: 'Asset list', format: 'csv' }), await ed.catalog.createImport({ name: 'Scanner', format: 'csv' })];
  const rows = (address: string, edge: string) => `name,type,address,depends on\n${MARK}-db,vm,${address},\ntill-web,vm,,\nnew-1,vm,,${edge}\n${MARK}-db,vm,,\n`;
  await desk.advance({ minutes: 1 });
  const runs = [await apply(first.number, rows('10.66.0.1', `${MARK}-db`)), await apply(second.number, rows('10.66.0.2', ''))];
  runs.push(await apply(second.number, rows('10.66.0.9', `${MARK}-db`)), await send(first.number, rows('10.66.0.3', '')));
  const twin = await ed.catalog.createComponent({ name: 'twin', type: 'vm' });
  await sql`update record set visibility = 'restricted', title = ${`${MARK} twin`} where id = ${twin.id}`.execute(desk.desk.db);
  const keep = await ed.catalog.createComponent({ name: 'keeps', type: 'vm' });
  await sql`insert into record_reader (record_id, reader_id) values (${twin.id}, ${ed.id})`.execute(desk.desk.db);
  await ed.catalog.addEdge({ provider: twin.number, consumer: web.number });
  await desk.advance({ days: 32 });
  await apply(first.number, rows('10.66.0.3', `${MARK}-db`));
  await ed.catalog.checkInbox({});
  await desk.drain();
  const questions = await ed.catalog.inbox({ limit: 200 });
  assert.ok(
    questions.items.some(({ record }) => record.number === secret.number),
    'its owner is asked about it',
  );
  await ed.catalog.mergeComponents({ number: keep.number, version: keep.version, other: twin.number });
  const gone = await ed.catalog.component({ number: secret.number });
  const edges = (await ed.catalog.graph({ number: secret.number })).edges.flatMap(({ id, providerId }) => (providerId === secret.id ? [id] : []));
  const secrets = [MARK, secret.id, twin.id, `"${secret.number}"`, `"${twin.number}"`];
  const known = [secret, twin, service, web, spare, keep, first, second, ed].map(({ number }) => number);
  const { walked, held } = await walk({ known, ids: [...runs, ...edges.slice(0, 2), ...questions.items.slice(0, 3).map(({ id }) => id)], asked: [MARK, secret.number], secrets });
  assert.ok(walked > 200 && held > 10, `${walked} walked, ${held} hold it for its owner`);
  for (const other of others) {
    const answers = [
      await other.catalog.impact({ failed: [web.number, spare.number] }),
      await other.catalog.impact({ failed: [service.number], at: began }),
      await other.catalog.resilience({ number: service.number }),
      await other.catalog.singlePoints({}),
      await other.catalog.map({ by: 'site', failed: [web.number] }),
      await other.catalog.map({ by: 'type', focus: web.number, hops: 3, at: new Date(desk.now()).toISOString() }),
      (await read(other.token, '/api/v1/catalog/export')).text,
    ];
    for (const [i, answer] of answers.entries()) for (const one of secrets) assert.ok(!JSON.stringify(answer).includes(one), `${one} in answer ${i} for ${other.name}`);
    for (const id of edges) await assert.rejects(other.catalog.endEdge({ id }));
  }
  assert.ok((await read(ed.token, '/api/v1/catalog/export')).text.includes(MARK));
  await ed.catalog.retireComponent({ number: secret.number, version: gone.component.version });
  for (const other of others)
    for (const { number } of [web, service]) {
      const { text } = await read(other.token, `/api/v1/records/${number}/timeline`);
      for (const one of secrets) assert.ok(!text.includes(one), `${one} in the timeline of ${number}`);
    }
});
