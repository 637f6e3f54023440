import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from '#kernel/permissions.ts';
import type { World } from './world.ts';

/** What the automation knows: mostly what the catalog says, two machines that nobody put in, one address that is not the same. */
const INVENTORY = `[hypervisors]
hv-[1:4]

[web]
web-1 ansible_host=10.20.5.21
web-2 ansible_host=10.20.5.22
web-3 ansible_host=10.20.5.23

[payments]
pay-1 ansible_host=10.20.6.31
pay-2 ansible_host=10.20.6.52
pay-3 ansible_host=10.20.6.33

[mail]
mx-1 ansible_host=10.20.4.25
mx-2 ansible_host=10.20.4.26

[resolvers]
ns-1 ansible_host=10.20.0.53
ns-2 ansible_host=10.20.1.53

[production:children]
web
payments
mail
resolvers
`;

/** A directory that is read every hour, and what it brought in the first time. */
export async function readInventory(world: World, admin: Actor): Promise<void> {
  const folder = join(world.desk.config.importDir, 'ansible');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'production.ini'), INVENTORY);
  const { number } = await world.call(admin, 'catalog', 'createImport', { name: 'Production inventory', format: 'ansible', path: 'ansible', everyMinutes: 60 });
  await world.call(admin, 'catalog', 'readImport', { number });
  await world.settle();
  const { runs } = await world.call(admin, 'catalog', 'import', { number });
  const plan = runs.find(({ state }) => state === 'planned');
  if (plan) await world.call(admin, 'catalog', 'applyRun', { id: plan.id });
  await world.settle();
}
