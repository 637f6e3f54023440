import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { ROLES, refusePermission, SYSTEM, type Role } from '#kernel/permissions.ts';
import { openTestDesk, type TestDesk } from '#testing/desk.ts';
import { allContracts } from './contracts.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk();
});
after(() => desk.close());

/** Verbs that may write without a trace; an addition is a decision, not an accident. */
const QUIET: readonly string[] = [];

it('every verb names a permission that a role has, and says what it does in plain words', () => {
  assert.ok(allContracts.length >= 10);
  for (const contract of allContracts) {
    for (const [name, verb] of Object.entries(contract.verbs)) {
      const which = `${contract.name}.${name}`;
      assert.ok(verb.can === 'anyone' || verb.can === 'self' || verb.can in contract.permissions, `${which} needs the unknown permission ${verb.can}`);
      assert.match(verb.about, /^[a-z].{5,}[^.]$/, `${which}: ${verb.about}`);
      assert.equal(verb.reads || verb.method !== 'GET', true, which);
      if (verb.quiet) assert.ok(QUIET.includes(which), `${which} is quiet`);
    }
    for (const [permission, role] of Object.entries(contract.permissions)) {
      assert.ok(permission.startsWith(`${contract.name}.`), permission);
      assert.equal(refusePermission({ ...SYSTEM, kind: 'person', role }, permission, contract.permissions), undefined);
    }
  }
});

it('no two verbs have one address, and no word stands for two deeds', () => {
  const addresses = allContracts.flatMap((c) => Object.values(c.verbs).map((v) => `${v.method} ${v.path.replace(/\{\w+\}/g, '{}')}`));
  assert.deepEqual(
    addresses.filter((one, i) => addresses.indexOf(one) !== i),
    [],
  );
  const words = new Set(allContracts.flatMap((c) => Object.keys(c.verbs).map((name) => /^[a-z]+/.exec(name)?.[0] ?? '')));
  for (const synonyms of [
    ['delete', 'remove', 'destroy'],
    ['modify', 'update', 'edit', 'patch'],
    ['fetch', 'get', 'load'],
    ['new', 'create', 'insert'],
  ]) {
    const used = synonyms.filter((word) => words.has(word));
    assert.ok(used.length <= 1 || used.join() === 'update,edit', `synonyms: ${used.join(', ')}`);
  }
});

it('every verb is refused to every role below its own, and open from there on', async () => {
  const tokens = new Map<Role | 'nobody', string>([['nobody', '']]);
  for (const role of ROLES) tokens.set(role, (await desk.person(`Walker ${role}`, role)).token);
  let walked = 0;
  for (const contract of allContracts) {
    for (const [name, verb] of Object.entries(contract.verbs)) {
      const path = verb.path.replace(/\{(\w+)\}/g, (_, key: string) => (key === 'number' ? 'ZZZ-999999' : '00000000-0000-7000-8000-000000000000'));
      for (const [role, token] of tokens) {
        const answer = await fetch(`${desk.url}/api/v1${path}`, {
          method: verb.method,
          headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(verb.method === 'GET' ? {} : { 'content-type': 'application/json' }) },
          ...(verb.method === 'GET' ? {} : { body: '{"unknown":true}' }),
        });
        const needed = verb.can === 'anyone' ? 'nobody' : verb.can === 'self' ? 'viewer' : contract.permissions[verb.can];
        const order = ['nobody', ...ROLES];
        const expected = order.indexOf(role) >= order.indexOf(needed ?? 'admin') ? 'open' : role === 'nobody' ? 401 : 403;
        const which = `${contract.name}.${name} for ${role}: ${answer.status}`;
        if (expected === 'open') assert.ok(![401, 403, 500].includes(answer.status), which);
        else assert.equal(answer.status, expected, which);
        await answer.arrayBuffer();
        walked += 1;
      }
    }
  }
  assert.ok(walked > 500, `${walked} walked`);
});
