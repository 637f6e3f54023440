import * as z from 'zod';
import {
  ldap,
  ldapConfig,
  mysql,
  mysqlConfig,
  postgresql,
  postgresqlConfig,
  redis,
  redisConfig,
  type LdapConfig,
  type MysqlConfig,
  type PostgresqlConfig,
  type RedisConfig,
} from './databases.ts';
import { dns, dnsConfig, type DnsConfig } from './dns.ts';
import { domain, domainConfig, type DomainConfig } from './domain.ts';
import { heartbeat, heartbeatConfig, type HeartbeatConfig } from './heartbeat.ts';
import { http, httpConfig, type HttpConfig } from './http.ts';
import { imap, imapConfig, smtp, smtpConfig, type ImapConfig, type SmtpConfig } from './mail.ts';
import { ping, pingConfig, type PingConfig } from './ping.ts';
import { prometheus, prometheusConfig, type PrometheusConfig } from './prometheus.ts';
import { script, scriptConfig, type ScriptConfig } from './script.ts';
import { refuseTiming, type Probe, type Refused } from './shared.ts';
import { ssh, sshConfig, type SshConfig } from './ssh.ts';
import { tcp, tcpConfig, type TcpConfig } from './tcp.ts';
import { tls, tlsConfig, type TlsConfig } from './tls.ts';

/** Every kind of check: one file for what it is, one in `runs` for how it is run, one line here each. */
export const ProbeConfig = z.discriminatedUnion('kind', [
  httpConfig,
  tcpConfig,
  tlsConfig,
  dnsConfig,
  pingConfig,
  smtpConfig,
  imapConfig,
  sshConfig,
  postgresqlConfig,
  mysqlConfig,
  redisConfig,
  ldapConfig,
  domainConfig,
  prometheusConfig,
  scriptConfig,
  heartbeatConfig,
]);
export type RunConfig =
  | HttpConfig
  | TcpConfig
  | TlsConfig
  | DnsConfig
  | PingConfig
  | SmtpConfig
  | ImapConfig
  | SshConfig
  | PostgresqlConfig
  | MysqlConfig
  | RedisConfig
  | LdapConfig
  | DomainConfig
  | PrometheusConfig
  | ScriptConfig;
export type ProbeConfig = RunConfig | HeartbeatConfig;
export type ProbeKind = ProbeConfig['kind'];
export type RunKind = RunConfig['kind'];
export type ConfigOf<K extends ProbeKind> = Extract<ProbeConfig, { kind: K }>;

const probes: { readonly [K in ProbeKind]: Probe<ConfigOf<K>> } = {
  http,
  tcp,
  tls,
  dns,
  ping,
  smtp,
  imap,
  ssh,
  postgresql,
  mysql,
  redis,
  ldap,
  domain,
  prometheus,
  script,
  heartbeat,
};
export const PROBE_KINDS = ProbeConfig.options.map(({ shape }) => shape.kind.value) as [ProbeKind, ...ProbeKind[]];

function probeOf(config: ProbeConfig): Probe<ProbeConfig> {
  return probes[config.kind] as Probe<ProbeConfig>;
}

/** Why settings that are well formed are still refused. */
export function refuseProbe(config: ProbeConfig): Refused | undefined {
  return probeOf(config).refuse(config) ?? (config.kind === 'heartbeat' ? undefined : refuseTiming(config));
}

/** What is checked, in a few words for lists. */
export const targetOf = (config: ProbeConfig): string => probeOf(config).target(config);
export const destinationOf = (config: ProbeConfig): string => `${config.kind} ${probeOf(config).destination(config)}`;

/** Seconds between runs; null when others call. */
export const intervalOf = (config: ProbeConfig): number | null => (config.kind === 'heartbeat' ? null : config.intervalSeconds);
export const failuresOf = (config: ProbeConfig): number => (config.kind === 'heartbeat' ? 1 : config.failures);
export const successesOf = (config: ProbeConfig): number => (config.kind === 'heartbeat' ? 1 : config.successes);
/** Until it runs again while it fails and is not down yet; null: its interval. */
export const retryMsOf = (config: ProbeConfig): number | null => (config.kind === 'heartbeat' || config.retrySeconds === undefined ? null : config.retrySeconds * 1000);
/** Days before its certificate ends from which a check warns; 0 for never. */
export const certificateDaysOf = (config: ProbeConfig): number => ('certificateDays' in config ? config.certificateDays : 0);

/** Settings as they are stored; fields that came later have their defaults. */
export const readProbe = (stored: unknown): ProbeConfig => ProbeConfig.parse(stored);

export type { HeartbeatConfig } from './heartbeat.ts';
