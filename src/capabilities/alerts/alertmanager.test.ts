import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { openInbox } from '#testing/mail.ts';
import { freePort, scratch, startServer } from '#testing/server.ts';

const program = ['prometheus-alertmanager', 'alertmanager'].find((name) => spawnSync(name, ['--version']).status === 0);

/** Waits in real time until a look gives something. */
async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what} did not happen within 20 s`);
}

it(
  'the real Alertmanager drives firing, page, acknowledge and resolved, by its webhook and by its PagerDuty notifier',
  { skip: program ? false : 'alertmanager is not installed' },
  async () => {
    const inbox = await openInbox();
    const place = scratch('am');
    const desk = await startServer({ dataDir: join(place.path, 'data'), env: { QD_SMTP_URL: inbox.url } });
    const { key } = await desk.clients.alerts.createSource({ name: 'Alertmanager' });
    const port = await freePort();
    const route = { group_wait: '0s', group_interval: '1s', repeat_interval: '1h', group_by: ['...'] };
    writeFileSync(
      join(place.path, 'am.yml'),
      JSON.stringify({
        route: { receiver: 'webhook', ...route, routes: [{ receiver: 'pagerduty', match: { via: 'pagerduty' } }] },
        receivers: [
          { name: 'webhook', webhook_configs: [{ url: `${desk.url}/ingest/${key}/alertmanager` }] },
          { name: 'pagerduty', pagerduty_configs: [{ routing_key: key, url: `${desk.url}/v2/enqueue` }] },
        ],
      }),
    );
    const alertmanager = spawn(
      program ?? '',
      [
        `--config.file=${join(place.path, 'am.yml')}`,
        `--storage.path=${join(place.path, 'am')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--cluster.listen-address=',
        '--log.level=warn',
      ],
      { stdio: 'ignore' },
    );
    try {
      const api = `http://127.0.0.1:${port}/api/v2`;
      await until(
        () =>
          fetch(`${api}/status`).then(
            (r) => (r.ok ? true : undefined),
            () => undefined,
          ),
        'the start of Alertmanager',
      );
      for (const via of ['webhook', 'pagerduty']) {
        const labels = { alertname: `Down by ${via}`, via, severity: 'critical' };
        const send = (endsAt?: string) =>
          fetch(`${api}/alerts`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify([{ labels, annotations: { summary: `Down by ${via}` }, startsAt: new Date(Date.now() - 1000).toISOString(), ...(endsAt ? { endsAt } : {}) }]),
          });
        const mails = inbox.mails.length;
        assert.equal((await send()).status, 200);
        const mail = await until(async () => inbox.mails[mails], `the page by ${via}`);
        assert.match(mail.subject, /^Page: /);
        const number = /\[(ALR-\d+)\]/.exec(mail.subject)?.[1] ?? '';
        const acknowledged = await fetch(`${mail.ackLink}/acknowledge`, { method: 'POST' });
        assert.match(await acknowledged.text(), /You have it/);
        await send(new Date().toISOString());
        await until(async () => ((await desk.clients.alerts.get({ number })).alert.state === 'resolved' ? true : undefined), `the resolve by ${via}`);
        assert.equal(inbox.mails.length, mails + 1, 'nobody else was paged');
      }
    } finally {
      alertmanager.kill('SIGKILL');
      await desk.end('SIGTERM');
      await inbox.close();
      place.remove();
    }
  },
);
