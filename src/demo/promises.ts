import type { Company } from './setting.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What is kept silent on purpose, and what is promised: after the last page, so that it changes nothing of the story. */
export async function promises(world: World, company: Company): Promise<void> {
  const { admin } = company;
  const at = (ahead: number) => new Date(Math.round((world.now() + ahead) / HOUR) * HOUR).toISOString();
  const scan = { start: '03:00', minutes: 150, weekdays: [7], zone: 'Europe/Berlin' };
  await world.call(admin, 'mutes', 'create', {
    reason: 'The weekly scan loads every machine',
    kind: 'maintenance',
    matchers: ['check_name="Weekly scan"'],
    when: { kind: 'weekly', weekly: scan },
  });
  await world.call(admin, 'mutes', 'create', {
    reason: 'The new warehouse is not loaded yet',
    matchers: ['check_name="Nightly load"'],
    when: { kind: 'window', until: at(3 * DAY) },
    remindMinutes: 60,
  });
  await world.call(admin, 'mutes', 'create', {
    reason: 'Firmware of the core switches',
    kind: 'maintenance',
    matchers: ['check_name="Switch-over test"', 'service="sw-core", severity=~"warning|info"'],
    when: { kind: 'window', from: at(2 * DAY), until: at(2 * DAY + 4 * HOUR) },
    remindMinutes: 30,
  });
  for (const [name, service, checks, objective] of [
    ['Orders go through', 'web-shop', ['Test order in the shop', 'Test order in the app'], 0.999],
    ['Everybody can sign in', 'sso', ['Sign-in by a robot'], 0.995],
  ] as const) {
    const number = company.services.get(service)?.number;
    const found = await Promise.all(checks.map(async (q) => (await world.call(admin, 'checks', 'list', { q })).items[0]?.number));
    if (number) await world.call(admin, 'slos', 'create', { name, service: number, objective, source: { kind: 'time', checks: found.flatMap((one) => one ?? []) } });
  }
}
