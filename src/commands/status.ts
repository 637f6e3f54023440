import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { clientOf } from '#kernel/client.ts';
import { contracts } from '#contracts';
import { connection } from './connection.ts';
import { readFlags, Usage } from './usage.ts';

/** `qd status export DIR [--page STP-1]`: a status page as files that anything can serve. */
export async function statusExport(parameters: readonly string[]): Promise<void> {
  const { positional, named } = readFlags(parameters);
  const [folder] = positional;
  if (folder === undefined) throw new Usage('Name a folder: qd status export ./status --page STP-1');
  const { url, token } = connection();
  const status = clientOf(contracts.status, { baseUrl: url, token });
  const number = named.get('page')?.[0] ?? (await onlyPage(status));
  const { files } = await status.files({ number });
  const root = resolve(folder);
  for (const { path, base64 } of files) {
    const target = resolve(root, path);
    if (!target.startsWith(`${root}${sep}`)) throw new Usage(`The desk named a file outside of the folder: ${path}.`);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, Buffer.from(base64, 'base64'));
  }
  process.stdout.write(`${number}: ${files.length} files in ${root}\n`);
}

async function onlyPage(status: ReturnType<typeof clientOf<(typeof contracts)['status']>>): Promise<string> {
  const { items } = await status.pages({ limit: 2 });
  const [first, second] = items;
  if (!first) throw new Usage('There is no status page yet.');
  if (second) throw new Usage('There are several status pages. Name one: --page STP-1');
  return first.number;
}
