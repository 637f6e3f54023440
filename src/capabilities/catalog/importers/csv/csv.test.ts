import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { sampleFiles } from '#testing/samples/read.ts';
import { readSource } from '../index.ts';
import { lookAtCsv } from './index.ts';
import { suggestedColumns } from './mapping.ts';
import { delimiterOf, rowsOf } from './rows.ts';

const input = (text: string) => ({ path: 'a.csv', bytes: new TextEncoder().encode(text) });
const read = (text: string, options: unknown = {}) => readSource('csv', [input(text)], options);
const cells = (text: string) => [...rowsOf(text, delimiterOf(text))].map((row) => row.cells);
const [assets] = sampleFiles('csv');

test('the sample: a spreadsheet with its own headers is read without being told how', () => {
  const { things, relations, owners, findings, complete } = readSource('csv', [assets!]);
  assert.deepEqual(
    things.map(({ ref, name, type, tier, line }) => [ref, name, type, tier, line]),
    [
      ['a-0001', 'srv-db-01', 'database', 1, 2],
      ['a-0002', 'srv-esx-01', 'host', 2, 3],
      ['a-0003', 'SAN-1', 'storage', 1, 4],
      ['a-0004', 'sw-core-1', 'network', 1, 5],
      ['a-0005', 'srv-old-7', 'host', null, 8],
    ],
  );
  assert.deepEqual(
    [things[0]?.address, things[0]?.summary, things[0]?.attributes, things[2]?.summary],
    ['10.1.0.11', 'PostgreSQL for the shop; 18.2', { Location: 'Rack 4' }, '19" array, 40 TB'],
  );
  assert.equal(things[3]?.summary, 'Core switch\nin two lines');
  assert.deepEqual(
    relations.map(({ provider, consumer }) => `${consumer} needs ${provider}`),
    ['a-0001 needs a-0002', 'a-0001 needs a-0003', 'a-0002 needs a-0003', 'a-0002 needs a-0004', 'a-0003 needs a-0004'],
  );
  assert.deepEqual(owners[1], { ref: 'person:eva@example.com', kind: 'person', name: 'eva@example.com', email: 'eva@example.com' });
  assert.deepEqual(
    findings.map(({ code, value, line }) => [code, value, line]),
    [['dangling-reference', 'srv-gone-9', 8]],
  );
  assert.ok(complete);
  assert.doesNotMatch(JSON.stringify(things), /hunter/);
});

test('the wizard sees the separator, the headers, the first rows and a mapping', () => {
  const { delimiter, headers, rows, suggested } = lookAtCsv(assets!);
  assert.deepEqual([delimiter, headers.length, rows.length, rows[0]?.[0]], [';', 11, 5, 'srv-db-01']);
  assert.deepEqual(suggested, {
    name: 'Hostname',
    ref: 'Asset-ID',
    type: 'Type',
    summary: 'Beschreibung',
    address: 'IP address',
    owner: 'Owner',
    lead: 'Contact',
    tier: 'Criticality',
    dependsOn: 'Depends on',
  });
  assert.deepEqual(
    lookAtCsv(input('\0')).findings.map(({ code }) => code),
    ['binary'],
  );
});

test('a mapping of one’s own, services, and every kind of value', () => {
  const text = 'Was\tArt\tSeit\tNutzer\tRPO\tRTO\tStufe\nKasse\tDienst\tproduktiv\t1.200\t15 min\t4h\t2\nLager\tAnwendung\tirgendwas\tviele\tbald\t1,5 h\tneun\n';
  const columns = { name: 'was', kind: 'Art', lifecycle: 'Seit', usersAffected: 'Nutzer', rpo: 'RPO', rto: 'RTO', tier: 'Stufe' };
  const { things, findings, complete } = read(text, { columns });
  assert.deepEqual(
    things.map(({ kind, lifecycle, usersAffected, rpo, rto, tier }) => [kind, lifecycle, usersAffected, rpo, rto, tier]),
    [
      ['service', 'live', 1200, 15, 240, 2],
      ['service', null, null, null, 90, null],
    ],
  );
  assert.deepEqual(
    findings.map(({ level, code, line }) => [level, code, line]),
    Array.from({ length: 4 }, () => ['warning', 'bad-cell', 3]),
  );
  assert.ok(complete);
});

test('bad lines are findings with their number, the others are read', () => {
  const { things, findings, complete } = read('name,type\na,host\nb\n,host\nc,host,x\nd,host,,\ne,"host\nf,host\n');
  assert.deepEqual(
    things.map(({ name }) => name),
    ['a', 'd'],
  );
  assert.deepEqual(
    findings.map(({ code, line }) => [code, line]),
    [3, 4, 5, 7].map((line) => ['bad-line', line]),
  );
  assert.equal(complete, false);
});

test('two rows of one name, a row that needs itself, no name, and columns that are not there are findings', () => {
  assert.deepEqual(
    read('name,id\na,1\nA,2\n').findings.map(({ code, line }) => [code, line]),
    [['duplicate-name', 3]],
  );
  assert.deepEqual(
    read('name\na\na\n').findings.map(({ code, line }) => [code, line]),
    [['duplicate', 3]],
  );
  assert.deepEqual(
    read('name,needs\na,a\n').findings.map(({ code }) => code),
    ['self-relation'],
  );
  assert.deepEqual(
    read('x,y\n1,2\n').findings.map(({ code }) => code),
    ['no-name-column'],
  );
  assert.deepEqual(
    read('name\na\n', { columns: { name: 'name', owner: 'Chef' } }).findings.map(({ code }) => code),
    ['missing-column'],
  );
  assert.deepEqual(
    read('name\na\n', { columns: { what: 'name' } }).findings.map(({ code }) => code),
    ['options'],
  );
});

test('a summary that gives a password away is not kept', () => {
  assert.deepEqual(
    read('name,summary\na,login: admin password: hunter1\nb,the shop\n').things.map(({ summary }) => summary),
    ['', 'the shop'],
  );
});

test('separators, quotes and line ends as spreadsheets write them', () => {
  assert.deepEqual(cells('sep=;\r\na;b\r\n1;"x;y ""z"""\r\n'), [
    ['a', 'b'],
    ['1', 'x;y "z"'],
  ]);
  assert.deepEqual(cells('"a;b",c\r1,2'), [
    ['a;b', 'c'],
    ['1', '2'],
  ]);
  assert.deepEqual(cells('a\tb\n19" rack\t\n'), [
    ['a', 'b'],
    ['19" rack', ''],
  ]);
  assert.deepEqual(suggestedColumns(['Foo', 'Name', 'NAME']), { name: 'Name' });
});

test('what was written as CSV is read back', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '"', ',', ';', '\n', 'ü') }).map((value) => value.trim());
  const write = (rows: string[][]) => rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (rows) => {
      assert.deepEqual(
        [...rowsOf(write(rows), ',')].map((row) => row.cells),
        rows.filter((row) => row.some((cell) => cell !== '')),
      );
    }),
  );
});
