import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { readCommandEnvironment, readConfig } from '#kernel/config.ts';
import { joinEmbedded, readRun } from '#kernel/postgres/index.ts';
import { Usage } from './usage.ts';

export interface Remembered {
  readonly url: string;
  readonly token: string;
}

const PATH = join(readCommandEnvironment().configHome ?? join(homedir(), '.config'), 'quarterdeck', 'login.json');

export function remember(login: Remembered): string {
  mkdirSync(dirname(PATH), { recursive: true, mode: 0o700 });
  writeFileSync(PATH, `${JSON.stringify(login)}\n`, { mode: 0o600 });
  return PATH;
}

/** The desk to speak with: QUARTERDECK_URL and QUARTERDECK_TOKEN, else what `qd login` remembered. */
export function connection(): Remembered {
  const { url, token } = readCommandEnvironment();
  if (url && token) return { url: url.replace(/\/+$/, ''), token };
  if (!existsSync(PATH)) throw new Usage('You are not signed in. Make an API token in the app (Settings, API tokens) and run: qd login --url http://127.0.0.1:4680 --token qd_…');
  return JSON.parse(readFileSync(PATH, 'utf8')) as Remembered;
}

/** The database beside which this command runs: DATABASE_URL, else the embedded one of the running desk. */
export function databaseBeside(): { adminUrl: string; appUrl: string } {
  const config = readConfig();
  if (config.databaseUrl) return { appUrl: config.databaseUrl, adminUrl: config.databaseAdminUrl ?? config.databaseUrl };
  return joinEmbedded(config.dataDir);
}

/** Where the embedded desk answers, when one runs on the data directory. */
export function runningDesk(): string | undefined {
  return readRun(readConfig().dataDir)?.address;
}
