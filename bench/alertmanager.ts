import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, scratch } from '#testing/server.ts';

/** The peer of the ingest benchmark as its package installs it; null where it is not. */
export interface Alertmanager {
  readonly port: number;
  readonly pid: number;
  close(): Promise<void>;
}

const program = ['prometheus-alertmanager', 'alertmanager'].find((name) => spawnSync(name, ['--version']).status === 0);

/** Starts one without receivers: it groups and tells nobody. */
export async function startAlertmanager(): Promise<Alertmanager | null> {
  if (program === undefined) return null;
  const place = scratch('bench-am');
  const port = await freePort();
  const route = { receiver: 'nobody', group_by: ['alertname'], group_wait: '1s', group_interval: '10s' };
  writeFileSync(join(place.path, 'am.yml'), JSON.stringify({ route, receivers: [{ name: 'nobody' }] }));
  const options = [
    `--config.file=${join(place.path, 'am.yml')}`,
    `--storage.path=${join(place.path, 'am')}`,
    `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address=',
  ];
  const child = spawn(program, [...options, '--log.level=error'], { stdio: 'ignore' });
  for (const end = Date.now() + 20_000; ;) {
    const ready = await fetch(`http://127.0.0.1:${port}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) break;
    if (Date.now() > end) throw new Error('Alertmanager did not start within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    port,
    pid: child.pid ?? 0,
    async close() {
      const ended = new Promise((resolve) => {
        child.once('exit', resolve);
      });
      child.kill('SIGTERM');
      await ended;
      place.remove();
    },
  };
}
