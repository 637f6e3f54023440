import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type * as z from 'zod';
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
  let walked = 0;
  let held = 0;
  for (const contract of allContracts) {
    for (const [name, verb] of Object.entries(contract.verbs)) {
      if (verb.method !== 'GET') continue;
      const shape = (verb.input as unknown as z.ZodObject).shape;
      const paths = verb.path.includes('{number}') ? known.map((one) => verb.path.replace('{number}', one)) : [verb.path.replace(/\{\w+\}/g, incident.id)];
      const queries = [
        '',
        ...('q' in shape ? [`?q=${MARK}`, `?q=${number}`] : []),
        ...('about' in shape ? [`?about=${number}`] : []),
        ...('record' in shape ? [`?record=${number}`] : []),
      ];
      const scopes = 'scope' in shape ? [...queries, '?scope=everyone'] : queries;
      for (const path of paths)
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
