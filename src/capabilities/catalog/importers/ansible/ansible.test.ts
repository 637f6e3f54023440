import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleFiles } from '#testing/samples/read.ts';
import { readSource } from '../index.ts';
import { guard } from '../input.ts';
import { openFindings } from '../reading.ts';
import { inventoryOf } from './index.ts';
import type { Listing } from './inventory.ts';
import { pythonLiteral } from './literal.ts';
import { expand, shellWords } from './pattern.ts';

const input = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
const read = (text: string, path = 'hosts') => readSource('ansible', [input(path, text)]);
const codes = (text: string, path?: string) => read(text, path).findings.map(({ code }) => code);

function listingOf(files: { path: string; bytes: Uint8Array }[]): Listing {
  const findings = openFindings();
  const { listing } = inventoryOf(guard(files, findings), findings);
  assert.ok(listing);
  assert.deepEqual(findings.kept, []);
  return listing;
}

/** As `ansible-inventory --list` prints it: what is empty is left out. */
function printed({ hostvars, groups }: Listing): unknown {
  const shown = [...groups].map(([name, { hosts, children }]) => [name, { ...(hosts.length > 0 && { hosts }), ...(children.length > 0 && { children }) }]);
  const vars = [...hostvars].map(([name, own]) => [name, Object.fromEntries(own)]);
  return { _meta: { hostvars: Object.fromEntries(vars) }, ...Object.fromEntries(shown) };
}

/** As `ansible-inventory --graph` prints it. */
function graph({ groups }: Listing, name = 'all', indent = ''): string {
  const { hosts, children } = groups.get(name) ?? { hosts: [], children: [] };
  const inner = name === 'all' ? '  |--' : `${indent}  |--`;
  const below = [...children.map((child) => `${inner}${graph({ groups } as Listing, child, inner.replace('|--', '|'))}`), ...hosts.map((host) => `${inner}${host}\n`)];
  return `@${name}:\n${below.join('')}`;
}

const expected = sampleFiles('ansible/expected', '*.list.json');

test('the samples with a real answer are there', () => assert.equal(expected.length, 9));

for (const { path, bytes } of expected) {
  const name = path.replace('.list.json', '');
  const answer = JSON.parse(Buffer.from(bytes).toString()) as { _meta: { hostvars: Record<string, unknown> } };

  test(`${name} equals what ansible-inventory says`, () => {
    const listing = listingOf(sampleFiles('ansible', name));
    assert.deepEqual(printed(listing), answer);
    assert.equal(graph(listing), Buffer.from(sampleFiles('ansible/expected', `${name}.graph.txt`)[0]!.bytes).toString());
  });

  test(`${name} read from the output of ansible-inventory is the same inventory`, () => {
    assert.deepEqual(printed(listingOf([input('list.json', Buffer.from(bytes).toString())])), answer);
  });
}

test('every sample is read without an error, and every host is a component', () => {
  const files = sampleFiles('ansible', '*').filter(({ path }) => !path.endsWith('.md'));
  assert.equal(files.length, 16);
  for (const file of files) {
    const { things, complete, findings } = readSource('ansible', [file]);
    assert.ok(complete, JSON.stringify(findings));
    assert.ok(things.every(({ kind, type, ref, name }) => kind === 'component' && type === 'host' && ref === `host:${name}`));
  }
  const [jumper] = readSource('ansible', sampleFiles('ansible', 'authored__mixed.ini')).things.filter(({ name }) => name === 'jumper');
  assert.deepEqual([jumper?.address, jumper?.tags, jumper?.attributes['note'], jumper?.line], ['192.0.2.50', ['prod', 'web'], 'two words', 7]);
});

test('a YAML inventory is the same as its INI form', () => {
  assert.deepEqual(printed(listingOf(sampleFiles('ansible/yaml'))), printed(listingOf(sampleFiles('ansible', 'authored__mixed.ini'))));
});

test('group_vars and host_vars win over the file, hosts over groups', () => {
  const files = [
    input('hosts', '[web]\na x=1 y=1\n[web:vars]\nx=2\nz=2\nw=2\n'),
    input('group_vars/web.yml', 'z: 3\nw: 3\ny: 3\n'),
    input('group_vars/all/main.yml', 'w: 0\nv: 0\n'),
    input('host_vars/a.yml', 'y: 4\n'),
  ];
  assert.deepEqual(Object.fromEntries(listingOf(files).hostvars.get('a') ?? []), { x: 1, y: 4, z: 3, w: 3, v: 0 });
});

test('secrets and the way in are not kept', () => {
  const { things } = read(
    'a ansible_host=10.0.0.1 ansible_password=hunter1 ansible_become_pass=hunter2 db_password=hunter3 api_token=hunter4 ansible_user=root ansible_ssh_private_key_file=~/hunter5 note="-----BEGIN hunter6" url=https://u:hunter7@x.example role=db\n',
  );
  assert.doesNotMatch(JSON.stringify(things), /hunter|root/);
  assert.equal(things[0]?.attributes['role'], 'db');
  const vault = readSource('ansible', [input('hosts.yml', 'all:\n  hosts:\n    a:\n      plain: !vault |\n        $ANSIBLE_VAULT;1.1;AES256\n        6238\n')]);
  assert.doesNotMatch(JSON.stringify(vault), /VAULT|6238/);
  assert.deepEqual(
    vault.things.map(({ name }) => name),
    ['a'],
  );
});

test('a circle of groups is refused whole, as Ansible does', () => {
  const { things, complete, findings } = read('[a:children]\nb\n[b:children]\na\n[c]\nhost1\n');
  assert.deepEqual([things, complete, findings.map(({ code, value }) => [code, value])], [[], false, [['cyclic-groups', 'a, b']]]);
});

test('bad lines are findings with their number, and the others are read', () => {
  const { things, complete, findings } = read("good x=1\nbad nonsense\nopen 'quote\nrange[9:1]\nhuge[1:999999999]\n[g:what]\nlost\n[g:vars]\nx=1\n[h:children]\nnobody\n");
  assert.deepEqual(
    things.map(({ name }) => name),
    ['good'],
  );
  assert.equal(complete, false);
  assert.deepEqual(
    findings.map(({ code, line }) => [code, line]),
    [2, 3, 4, 5, 6, 8, 11].map((line) => ['bad-line', line]),
  );
});

test('two hosts of one name, and a host named like a group, are findings', () => {
  assert.deepEqual(codes('[a]\nx ansible_host=10.0.0.1\n[b]\nx ansible_host=10.0.0.2\n'), ['two-hosts-of-one-name']);
  assert.deepEqual(codes('[a]\na\n'), ['host-and-group']);
  assert.deepEqual(codes('all:\n  hosts:\n    x: {a: 1}\n    x: {b: 1}\n', 'hosts.yml'), ['duplicate-key']);
  assert.deepEqual(codes('all:\n  hosts: [a]\n', 'hosts.yml'), ['bad-group']);
});

test('names that JavaScript knows are names', () => {
  const { things } = read('{"__proto__": {"hosts": ["constructor", "__proto__"]}, "_meta": {"hostvars": {"__proto__": {"toString": "x"}}}}', 'list.json');
  assert.deepEqual(
    things.map(({ name, tags, attributes }) => [name, tags, attributes['toString']]),
    [
      ['constructor', ['__proto__'], attributesDefault()],
      ['__proto__', ['__proto__'], 'x'],
    ],
  );
});

function attributesDefault(): unknown {
  return ({} as Record<string, unknown>)['toString'];
}

test('limits: too many hosts, groups too deep', () => {
  assert.ok(codes(Array.from({ length: 60 }, (_, i) => `h${i}-[1:1000]`).join('\n')).includes('too-many'));
  assert.deepEqual(codes(Array.from({ length: 150 }, (_, i) => `[g${i}:children]\ng${i + 1}\n`).join('') + '[g150]\n'), ['too-deep']);
});

test('literals are Python’s', () => {
  const literals: [string, unknown][] = [
    ['80', 80],
    ['-1', -1],
    ['1.5', 1.5],
    ['1e3', 1000],
    ['0x1F', 31],
    ['1_000', 1000],
    ['True', true],
    ['None', null],
    ["'a b'", 'a b'],
    ['"it\\\'s"', "it's"],
    ["['a', 1, [2]]", ['a', 1, [2]]],
    ["{'a': {'b': False}}", { a: { b: false } }],
    ['(1, 2)', [1, 2]],
    ['(1)', 1],
    ['(1,)', [1]],
    ['{1, 2}', [1, 2]],
    ['[]', []],
  ];
  for (const [text, value] of literals) assert.deepEqual(pythonLiteral(text), { value }, text);
  for (const text of ['true', 'FALSE', '010', '192.168.1.1', 'a', '', "'a", '[1,,2]', '[1 2]', '1 2', '{{ x }}', '0x', `${'['.repeat(50)}${']'.repeat(50)}`])
    assert.equal(pythonLiteral(text), null, text);
});

test('patterns and words', () => {
  assert.deepEqual(expand('db-[a:c]'), { names: ['db-a', 'db-b', 'db-c'], port: null });
  assert.deepEqual(expand('n[08:10][a:b]:22'), { names: ['n08a', 'n08b', 'n09a', 'n09b', 'n10a', 'n10b'], port: 22 });
  assert.deepEqual(expand('[2001:db8::1]:2222'), { names: ['2001:db8::1'], port: 2222 });
  assert.deepEqual(expand('2001:db8::1'), { names: ['2001:db8::1'], port: null });
  assert.deepEqual(shellWords(`a b='c d' e="f\\"g" # h`), ['a', 'b=c d', 'e=f"g']);
});
