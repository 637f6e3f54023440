import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openTestDesk, type TestDesk } from '#testing/desk.ts';

let one: TestDesk;
let other: TestDesk;
let place: string;
before(async () => {
  [one, other] = await Promise.all([openTestDesk(), openTestDesk()]);
  place = mkdtempSync(join(tmpdir(), 'qd-cli-'));
});
after(async () => {
  await Promise.all([one.close(), other.close()]);
  rmSync(place, { recursive: true });
});

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A command of `qd` against a desk; the desk's jobs run while it waits. */
async function qd(desk: TestDesk, ...parameters: string[]): Promise<Ran> {
  const env = { PATH: process.env['PATH'], HOME: place, QUARTERDECK_URL: desk.url, QUARTERDECK_TOKEN: desk.adminToken };
  const running = new Promise<Ran>((resolve) => {
    execFile(process.execPath, ['src/cli.ts', ...parameters], { env, cwd: join(import.meta.dirname, '../..') }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? 1 : 0, out, err }),
    );
  });
  let done = false;
  void running.then(() => {
    done = true;
  });
  while (!done) {
    await desk.drain();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return running;
}

test('a catalog is written as YAML, applied to another desk, and found the same there', async () => {
  for (const desk of [one, other]) await desk.people.createTeam({ name: 'Payments' });
  const [team] = (await one.people.teams({})).items;
  const shop = await one.catalog.create({ name: 'Web shop', summary: 'Sells things', tier: 1, team: team!.number, usersAffected: 12_000, rtoMinutes: 60, tags: ['public'] });
  const vms = await Promise.all(['web-1', 'web-2', 'web-2'].map((name, i) => one.catalog.createComponent({ name, type: 'vm', address: `10.0.0.${i}` })));
  for (const vm of vms) await one.catalog.addEdge({ provider: vm.number, consumer: shop.number, group: 'web', note: 'behind the balancer' });
  await one.catalog.setRedundancy({ consumer: shop.number, group: 'web', minUp: 50, unit: 'percent' });

  const { out: yaml, code } = await qd(one, 'export');
  assert.equal(code, 0);
  assert.match(yaml, /service: web-shop\n[\s\S]*needs:[\s\S]*group: web/);
  const file = join(place, 'catalog.yaml');
  writeFileSync(file, yaml);

  const refused = await qd(other, 'apply', file);
  assert.deepEqual([refused.code, (await other.catalog.list({})).items.length], [2, 0], 'without --yes nothing is applied where nobody can be asked');
  assert.match(refused.out, /create {7}Web shop/);
  const applied = await qd(other, 'apply', file, '--yes');
  assert.deepEqual([applied.code, applied.err], [0, '']);
  assert.match(applied.out, /4 new, 4 dependencies\.\nApplied\./);
  assert.equal((await qd(other, 'export')).out, yaml);
  assert.match((await qd(other, 'apply', file, '--yes')).out, /Nothing differs from the catalog\./);
  assert.match((await qd(one, 'apply', file, '--yes')).out, /4 matched/);
  assert.equal((await qd(one, 'export')).out, yaml);

  writeFileSync(file, yaml.replace('tier: 1', 'tier: 2'));
  assert.match((await qd(other, 'apply', file, '--yes')).out, /change {7}Web shop: tier 1 → 2/);
  writeFileSync(file, 'quarterdeck: v1\nservice: [');
  const broken = await qd(other, 'apply', file, '--yes');
  assert.deepEqual([broken.code, (await other.catalog.list({})).items[0]?.tier], [2, 2]);
  assert.match(broken.out, /error: catalog\.yaml/);
});

test('a verb takes a whole file by its path', async () => {
  const backup = join(import.meta.dirname, '../capabilities/checks/importing/samples/uptime-kuma.json');
  const planned = await qd(one, 'checks', 'plan-move', '--text', `@${backup}`, '--json');
  assert.deepEqual([planned.err, JSON.parse(planned.out).counts], ['', { new: 8, there: 0, left: 4 }]);
  const none = await qd(one, 'checks', 'plan-move', '--text', '@none.json');
  assert.deepEqual([none.code, /none\.json cannot be read/.test(none.err)], [2, true]);
});
