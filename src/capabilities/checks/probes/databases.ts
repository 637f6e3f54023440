import * as z from 'zod';
import { at, host, ip, isAddress, port, secret, security, timing, verify, type Probe } from './shared.ts';

const query = z.string().trim().min(1, 'Write a query, like select 1.').max(4000).default('select 1');
const tls = z.enum(['off', 'on']).default('off');
const login = { user: z.string().trim().max(200), password: secret };
const name = z.string().trim().max(200).default('');

export const postgresqlConfig = z
  .strictObject({ kind: z.literal('postgresql'), host, port: port.default(5432), database: name, ...login, query, tls, verify, ip, ...timing })
  .meta({ id: 'PostgresqlProbe' });
export type PostgresqlConfig = z.infer<typeof postgresqlConfig>;

export const mysqlConfig = z
  .strictObject({ kind: z.literal('mysql'), host, port: port.default(3306), database: name, ...login, query, tls, verify, ip, ...timing })
  .meta({ id: 'MysqlProbe' });
export type MysqlConfig = z.infer<typeof mysqlConfig>;

export const redisConfig = z
  .strictObject({
    kind: z.literal('redis'),
    host,
    port: port.default(6379),
    /** Only for servers with accounts. */
    user: z.string().trim().max(200).default(''),
    password: secret,
    database: z.number().int().min(0).max(100_000).default(0),
    /** A command that only reads; PING without it. */
    command: z.string().trim().max(500).default(''),
    tls,
    verify,
    ip,
    ...timing,
  })
  .meta({ id: 'RedisProbe' });
export type RedisConfig = z.infer<typeof redisConfig>;

const databases = {
  destination: at,
  target: (config: { readonly host: string; readonly port: number; readonly database: string }) => `${at(config)}${config.database === '' ? '' : `/${config.database}`}`,
};
const needsUser = ({ user }: { readonly user: string }) => (user === '' ? { field: 'probe.user', sentence: 'Write the name to log in with.' } : undefined);
export const postgresql: Probe<PostgresqlConfig> = { ...databases, refuse: needsUser };
export const mysql: Probe<MysqlConfig> = {
  ...databases,
  refuse: (config) =>
    needsUser(config) ??
    (config.tls === 'on' && config.verify && isAddress(config.host)
      ? { field: 'probe.host', sentence: 'A certificate is verified by the name of the machine: write its name, or take certificates that cannot be verified.' }
      : undefined),
};

/** Commands by which a check could change or stop what it only looks at. */
const READING = /^(ping|get|mget|exists|strlen|llen|scard|zcard|hlen|hget|hexists|ttl|pttl|type|dbsize|info|lastsave|time|lindex|lrange|xlen|role|memory|latency|echo)$/i;

export const redis: Probe<RedisConfig> = {
  refuse: ({ command, user, password }) => {
    if (user !== '' && password === '') return { field: 'probe.password', sentence: 'Write the password of this name.' };
    const [first = 'ping'] = command.split(/\s+/);
    return command === '' || READING.test(first)
      ? undefined
      : { field: 'probe.command', sentence: `${first.toUpperCase()} is not a command that only reads. Use one such as PING, GET, LLEN or INFO.` };
  },
  target: at,
  destination: at,
};

export const ldapConfig = z
  .strictObject({
    kind: z.literal('ldap'),
    host,
    port: port.default(389),
    security: security.default('none'),
    verify,
    /** Who logs in, like cn=reader,dc=example,dc=com; empty: nobody. */
    user: z.string().trim().max(500).default(''),
    password: secret,
    /** Where to search after logging in; empty: no search. */
    base: z.string().trim().max(500).default(''),
    filter: z.string().trim().max(500).default('(objectClass=*)'),
    /** So many entries must be found at least. */
    entriesLeast: z.number().int().min(0).max(1000).default(1),
    ip,
    ...timing,
  })
  .meta({ id: 'LdapProbe' });
export type LdapConfig = z.infer<typeof ldapConfig>;

export const ldap: Probe<LdapConfig> = {
  refuse: ({ user, password, security: kind }) => {
    if (user !== '' && password === '')
      return { field: 'probe.password', sentence: 'Without a password a server lets anybody in as nobody. Write the password, or leave the name empty.' };
    return password !== '' && kind === 'none' && user === '' ? { field: 'probe.user', sentence: 'A password needs the name that goes with it.' } : undefined;
  },
  target: at,
  destination: ({ security: kind, ...rest }) => `${kind === 'none' ? 'open' : 'encrypted'} ${at(rest)}`,
};

/** The rows of an answer as the body that conditions read: the value alone when there is only one. */
export function bodyOfRows(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const [first] = rows;
  const values = first ? Object.values(first) : [];
  if (rows.length === 1 && values.length === 1) return textOf(values[0]);
  return JSON.stringify(rows.slice(0, 100), wholeNumbers);
}

const wholeNumbers = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'bigint' ? String(value) : (JSON.stringify(value ?? null) ?? 'null');
}
