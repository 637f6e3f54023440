import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitting } from './web/imports/fitting.ts';
import { fieldOf, mapped } from './web/imports/mapping.ts';

const YAML = /\.ya?ml$/i;
const fit = (...paths: string[]) => {
  const { files, leftOut } = fitting(
    paths.map((path) => ({ path })),
    YAML,
  );
  return [files.map(({ path }) => path), leftOut];
};

test('out of a folder comes what fits, under its path inside the folder', () => {
  assert.deepEqual(fit('shop/b/catalog-info.yaml', 'shop/a.yml', 'shop/readme.md', 'shop/.git/x.yaml', 'shop/node_modules/y/z.yaml'), [['a.yml', 'b/catalog-info.yaml'], 3]);
  assert.deepEqual(fit('one/a.yaml', 'two/a.yaml'), [['one/a.yaml', 'two/a.yaml'], 0], 'two folders stay apart');
  assert.deepEqual(fit('one/a.yaml', 'b.yaml'), [['b.yaml', 'one/a.yaml'], 0]);
});

test('a file that was chosen by itself is taken whatever it is called', () => {
  assert.deepEqual(fit('inventory.txt'), [['inventory.txt'], 0]);
});

test('each field is one column and each column one field', () => {
  const columns = { name: 'Hostname', type: 'Kind' };
  assert.deepEqual(mapped(columns, 'Asset', 'name'), { name: 'Asset', type: 'Kind' });
  assert.deepEqual(mapped(columns, 'Hostname', 'summary'), { summary: 'Hostname', type: 'Kind' });
  assert.deepEqual(mapped(columns, 'Kind', ''), { name: 'Hostname' });
  assert.deepEqual([fieldOf(columns, 'Kind'), fieldOf(columns, 'Other')], ['type', '']);
});
