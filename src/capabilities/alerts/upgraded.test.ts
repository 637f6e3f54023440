import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as pg from 'pg';
import { openAlertingDesk } from '#testing/alerting.ts';

test('alerts of a desk from before there were groups are in its lists after the upgrade, and are answered as before', async () => {
  const { desk, fire, end } = await openAlertingDesk();
  await fire({ alertname: 'Open' }, { alertname: 'Over' }, { alertname: 'Warning', severity: 'warning' });
  await end({ alertname: 'Over' });
  const client = new pg.Client({ connectionString: desk.databaseAdminUrl });
  await client.connect();
  await client.query(`update alerts_alert set group_id = null, outcome = 'page', extra = '{}'`);
  await client.query('delete from alerts_group');
  await client.query(readFileSync(join(import.meta.dirname, '../../../migrations/0074-alerts-upgraded.sql'), 'utf8'));
  await client.end();
  const titles = async (state: 'open' | 'all') => (await desk.alerts.groups({ state })).items.map((group) => group.title).toSorted((a, b) => (a < b ? -1 : 1));
  assert.deepEqual(
    [await titles('open'), await titles('all')],
    [
      ['Open', 'Warning'],
      ['Open', 'Over', 'Warning'],
    ],
  );
  const [open] = (await desk.alerts.list({ q: 'Open' })).items;
  await desk.alerts.acknowledge({ number: open!.number });
  assert.equal((await desk.oncall.paging({ number: open!.number })).state, 'acknowledged');
  await end({ alertname: 'Open' });
  assert.deepEqual(await titles('open'), ['Warning']);
  await desk.close();
});
