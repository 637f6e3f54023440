import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ipaddr from 'ipaddr.js';
import * as z from 'zod';
import { StartRefused } from './postgres/refused.ts';

const blankIsAbsent = (raw: unknown) => (raw === '' ? undefined : raw);
const optional = <T extends z.ZodType>(shape: T) => z.preprocess(blankIsAbsent, shape.optional());
const listOf = z.string().transform((raw) =>
  raw
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean),
);
const networks = listOf.refine((all) => all.every((one) => ipaddr.isValid(one) || ipaddr.isValidCIDR(one)), 'it must be a list of networks such as 10.0.0.0/8, 192.0.2.7');
const webUrl = z.url({ protocol: /^https?$/, message: 'it must be an address such as https://desk.example.com' }).transform((u) => u.replace(/\/+$/, ''));

/** `127.0.0.1:2525`, `[::]:25` */
const listener = z
  .string()
  .regex(/^(?:\[[0-9a-f:.]+\]|[^\s:[\]]+):\d{1,5}$/i, 'it must be an address and a port such as 127.0.0.1:2525')
  .transform((raw) => ({ host: raw.slice(0, raw.lastIndexOf(':')).replace(/^\[|\]$/g, ''), port: Number(raw.slice(raw.lastIndexOf(':') + 1)) }))
  .refine(({ port }) => port > 0 && port <= 65_535, 'its port must be from 1 to 65535');

const SHAPE = z.object({
  QD_HOST: z.string().min(1).default('127.0.0.1'),
  QD_PORT: z.coerce.number('it must be a port number').int().min(0).max(65_535).default(4680),
  QD_PUBLIC_URL: optional(webUrl),
  QD_DATA_DIR: optional(z.string()),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, 'it must begin with postgresql://')),
  QD_DATABASE_ADMIN_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, 'it must begin with postgresql://')),
  QD_ROLE: z.enum(['all', 'web', 'worker'], 'it must be all, web or worker').default('all'),
  QD_BOOTSTRAP_TOKEN: optional(z.string().min(32, 'it must have at least 32 characters')),
  QD_SECRET_KEY: optional(z.string().min(32, 'it must have at least 32 characters')),
  QD_SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'it must look like smtp://user:password@mail.example.com:587')),
  QD_SMTP_LISTEN: optional(listener),
  QD_MAIL_FROM: optional(z.string().min(3)),
  QD_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'it must be error, warn, info or debug').default('info'),
  QD_DEMO: optional(z.stringbool('it must be 0 or 1')),
  QD_ALLOW_PRIVATE_TARGETS: optional(networks),
  QD_TRUSTED_PROXIES: optional(networks),
  QD_CONFIG: optional(z.string()),
  QD_DEADMAN_URL: optional(webUrl),
  QD_METRICS_TOKEN: optional(z.string().min(16, 'it must have at least 16 characters')),
  QD_SEAL_ANCHOR: optional(z.string()),
  QD_IMPORT_DIR: optional(z.string()),
  QD_SCRIPT_PROBES: optional(z.string().startsWith('/', 'it must be the whole path of a directory')),
});

export interface Config {
  readonly host: string;
  readonly port: number;
  /** Origin people use, without a slash at the end. */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly databaseAdminUrl: string | undefined;
  readonly role: 'all' | 'web' | 'worker';
  readonly bootstrapToken: string | undefined;
  readonly secretKey: string | undefined;
  readonly smtpUrl: string | undefined;
  /** Where mail to alert sources is taken in; undefined: nowhere. */
  readonly smtpListen: { readonly host: string; readonly port: number } | undefined;
  readonly mailFrom: string;
  readonly logLevel: string;
  readonly demo: boolean;
  readonly allowedTargets: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly deadmanUrl: string | undefined;
  readonly metricsToken: string | undefined;
  readonly sealAnchor: string | undefined;
  /** The only directory below which sources of the catalog are read. */
  readonly importDir: string;
  /** The only directory whose files checks may run; undefined: scripts are off. */
  readonly scriptDir: string | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Environment, then the file named by QD_CONFIG (`NAME=value` lines), checked into one frozen object. */
export function readConfig(env: Env = process.env): Config {
  const merged = { ...readFile(env['QD_CONFIG']), ...env };
  const unknown = Object.keys(merged).find((name) => name.startsWith('QD_') && !(name in SHAPE.shape) && !name.startsWith('QD_TEST_'));
  if (unknown) throw new StartRefused(`${unknown} is not a setting of Quarterdeck. Known: ${Object.keys(SHAPE.shape).join(', ')}.`);
  const read = SHAPE.safeParse(merged);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new StartRefused(`${String(issue?.path[0])} is wrong: ${issue?.message}. Correct it and start again.`);
  }
  const v = read.data;
  const loopback = ['127.0.0.1', 'localhost', '::1'].includes(v.QD_HOST);
  if (!v.QD_PUBLIC_URL && !loopback)
    throw new StartRefused(`QD_PUBLIC_URL is missing: with QD_HOST=${v.QD_HOST} the desk must know the address people use, for links and cookies.`);
  if (v.DATABASE_URL && !v.QD_SECRET_KEY)
    throw new StartRefused('QD_SECRET_KEY is missing: with DATABASE_URL the desk needs its own key of at least 32 characters, the same on every node.');
  return Object.freeze({
    host: v.QD_HOST,
    port: v.QD_PORT,
    publicUrl: v.QD_PUBLIC_URL ?? `http://${v.QD_HOST === '::1' ? '[::1]' : v.QD_HOST}:${v.QD_PORT}`,
    dataDir: v.QD_DATA_DIR ?? defaultDataDir(),
    databaseUrl: v.DATABASE_URL,
    databaseAdminUrl: v.QD_DATABASE_ADMIN_URL,
    role: v.QD_ROLE,
    bootstrapToken: v.QD_BOOTSTRAP_TOKEN,
    secretKey: v.QD_SECRET_KEY,
    smtpUrl: v.QD_SMTP_URL,
    smtpListen: v.QD_SMTP_LISTEN,
    mailFrom: v.QD_MAIL_FROM ?? 'Quarterdeck <quarterdeck@localhost>',
    logLevel: v.QD_LOG_LEVEL,
    demo: v.QD_DEMO ?? false,
    allowedTargets: v.QD_ALLOW_PRIVATE_TARGETS ?? [],
    trustedProxies: v.QD_TRUSTED_PROXIES ?? [],
    deadmanUrl: v.QD_DEADMAN_URL,
    metricsToken: v.QD_METRICS_TOKEN,
    sealAnchor: v.QD_SEAL_ANCHOR,
    importDir: v.QD_IMPORT_DIR ?? join(v.QD_DATA_DIR ?? defaultDataDir(), 'imports'),
    scriptDir: v.QD_SCRIPT_PROBES,
  });
}

function defaultDataDir(): string {
  return process.getuid?.() === 0 ? '/var/lib/quarterdeck/data' : join(import.meta.dirname, '../../data');
}

function readFile(path: string | undefined): Record<string, string> {
  if (!path) return {};
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch {
    throw new StartRefused(`QD_CONFIG names ${path}, which cannot be read.`);
  }
  return Object.fromEntries(
    lines
      .map((line) => line.trim())
      .filter((line) => line && !line.startsWith('#'))
      .map((line) => {
        const at = line.indexOf('=');
        if (at < 1) throw new StartRefused(`${path} has a line that is not NAME=value: ${line.slice(0, 40)}`);
        return [
          line.slice(0, at).trim(),
          line
            .slice(at + 1)
            .trim()
            .replace(/^"(.*)"$/, '$1'),
        ];
      }),
  );
}

/** What commands read from the environment; the server's own names begin with QD_. */
export function readCommandEnvironment(env: Env = process.env): {
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly passphrase: string | undefined;
  readonly configHome: string | undefined;
} {
  return { url: env['QUARTERDECK_URL'], token: env['QUARTERDECK_TOKEN'], passphrase: env['QUARTERDECK_PASSPHRASE'], configHome: env['XDG_CONFIG_HOME'] };
}
