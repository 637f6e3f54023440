import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { describe, test } from 'node:test';
import { againstLayers, againstOrder, behindPages, besideDoors, orderOf } from '../tools/architecture/imports.ts';
import { deadPaths, emptyNames, impureRules, readsEnvironment, tooLong } from '../tools/architecture/shape.ts';
import { readSources, root, type Source } from '../tools/architecture/sources.ts';
import { clocksInSql, misnamedTables, rawTables, tablesOf, typedTables, unguardedReads } from '../tools/architecture/tables.ts';

const sources = readSources();
const exists = (path: string) => globSync(path, { cwd: root }).length > 0;

interface Rule {
  readonly says: string;
  readonly faults: (all: readonly Source[]) => string[];
  /** a fault planted in memory; the rule must find exactly one */
  readonly planted: readonly Source[];
}

const file = (path: string, text: string): Source => ({ path, text });
const order = ['people', 'notify', 'oncall'];
const modules = file('src/modules.ts', order.map((name) => `import ${name} from '#capabilities/${name}/index.ts';`).join('\n'));
const migration = file('migrations/0030-notify.sql', 'create table notify_page (id uuid);');

const rules: readonly Rule[] = [
  {
    says: '1. a capability uses only those above it',
    faults: (all) => againstOrder(all, orderOf(all)),
    planted: [modules, file('src/capabilities/people/actions.ts', "import { page } from '#capabilities/notify/index.ts';")],
  },
  {
    says: '1. a capability with a module is listed in src/modules.ts',
    faults: (all) => againstOrder(all, orderOf(all)),
    planted: [modules, file('src/capabilities/stray/index.ts', 'export default {};')],
  },
  {
    says: '1. web → act → shape',
    faults: againstLayers,
    planted: [file('src/capabilities/notify/rules.ts', "import type { Row } from './store.ts';")],
  },
  {
    says: '2. others enter by index.ts, contract.ts, rules.ts, and the kernel enters none',
    faults: besideDoors,
    planted: [file('src/capabilities/oncall/actions.ts', "import {\n  rows,\n} from '../notify/store.ts';")],
  },
  {
    says: '3. contracts and rules read no clock and roll no dice',
    faults: impureRules,
    planted: [file('src/capabilities/notify/rules/index.ts', 'export const due = () => Date.now();')],
  },
  {
    says: '4. a page sees contracts, rules and the client only',
    faults: behindPages,
    planted: [file('src/capabilities/notify/web/index.ts', "const later = () => import('../actions.ts');")],
  },
  {
    says: '5. a table carries the name of its capability',
    faults: misnamedTables,
    planted: [file('migrations/0030-notify.sql', 'create table page (id uuid);')],
  },
  {
    says: "5. only a capability's store names its tables in SQL",
    faults: rawTables,
    planted: [migration, file('src/capabilities/notify/store.ts', 'sql`from notify_page`'), file('src/capabilities/notify/actions.ts', 'sql`from notify_page`')],
  },
  {
    says: '5. a typed table is named only inside its capability',
    faults: typedTables,
    planted: [migration, file('src/capabilities/notify/actions.ts', "'notifyPage'"), file('src/capabilities/oncall/store.ts', "'notifyPage.id'")],
  },
  {
    says: 'reads of records and of the log ask who may see them',
    faults: unguardedReads,
    planted: [file('src/capabilities/notify/store.ts', "db.selectFrom('activity')")],
  },
  {
    says: 'SQL reads no clock',
    faults: clocksInSql,
    planted: [file('migrations/0030-notify.sql', 'at timestamptz default now()')],
  },
  { says: '10. no file over 300 lines', faults: tooLong, planted: [file('src/kernel/long.ts', 'a;\n'.repeat(301))] },
  {
    says: '10. only kernel/config.ts reads the environment',
    faults: readsEnvironment,
    planted: [file('src/kernel/http.ts', 'process.env.PORT')],
  },
  { says: '10. names say what a thing is', faults: emptyNames, planted: [file('src/kernel/date-utils.ts', '')] },
  {
    says: 'a path quoted in the documentation exists',
    faults: (all) => deadPaths(all, exists),
    planted: [file('docs/guide.md', 'see `src/kernel/nowhere.ts` and `package.json`')],
  },
];

describe('architecture', () => {
  test('the rules read the sources', () => {
    assert.ok(sources.filter(({ path }) => path.startsWith('src/')).length > 50, 'no sources were read');
    assert.ok(
      sources.some(({ path }) => path.startsWith('migrations/')),
      'no migrations were read',
    );
    assert.ok(tablesOf(sources).length > 0, 'no tables were found');
  });

  for (const { says, faults, planted } of rules) {
    test(says, () => assert.deepEqual(faults(sources), []));
    test(`${says}: a planted fault is found`, () => assert.equal(faults(planted).length, 1));
  }

  test('without src/modules.ts the order is refused, not guessed', () => {
    assert.throws(() => orderOf([]), /src\/modules\.ts is missing/);
  });
});
