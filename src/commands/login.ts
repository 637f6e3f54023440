import { createInterface } from 'node:readline/promises';
import { clientOf } from '#kernel/client.ts';
import { contracts } from '#contracts';
import { remember, runningDesk } from './connection.ts';
import { readFlags, Usage } from './usage.ts';

/** `qd login [--url …] [--token …]`: asks for what is not given, tries it, remembers it (0600). */
export async function login(parameters: readonly string[]): Promise<void> {
  const { named } = readFlags(parameters);
  const url = (named.get('url')?.[0] ?? runningDesk() ?? 'http://127.0.0.1:4680').replace(/\/+$/, '');
  const token = named.get('token')?.[0] ?? (await ask(`API token for ${url} (Settings, API tokens): `));
  if (!token) throw new Usage('A token is needed: qd login --url http://127.0.0.1:4680 --token qd_…');
  const me = await clientOf(contracts.people, { baseUrl: url, token }).me({});
  const path = remember({ url, token });
  process.stdout.write(`Signed in to ${url} as ${me.person?.name ?? 'nobody'} (${me.role ?? 'no role'}). Kept in ${path}.\n`);
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY) return '';
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return answer.trim();
}
