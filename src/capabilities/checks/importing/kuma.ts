import { fields, list, number, text, Unreadable } from '#kernel/foreign.ts';
import { fitted, yes, type Item, type Moving } from './item.ts';

type Monitor = Readonly<Record<string, unknown>>;
interface Mapped {
  readonly probe?: Readonly<Record<string, unknown>>;
  readonly because?: string;
}

/** A backup of Uptime Kuma: monitors by their type, groups by `parent`. */
export function readKuma(document: unknown): Moving {
  const { monitorList, notificationList, proxyList } = fields(document);
  if (!Array.isArray(monitorList)) throw new Unreadable('This JSON has no monitorList. Take the file that Settings, Backup, Export of Uptime Kuma gives.');
  const monitors = monitorList.map(fields);
  const names = new Map(monitors.map((monitor) => [text(monitor['id']), text(monitor['name'])]));
  return {
    format: 'uptime-kuma',
    items: monitors.map((monitor) => itemOf(monitor, names)),
    left: [
      ...list(notificationList).map((each) => ({
        what: `Notification “${text(fields(each)['name'])}”`,
        because: 'Who is told stands in the escalation policy of the service and in the rules of each person.',
      })),
      ...list(proxyList).map((each) => ({ what: `Proxy ${text(fields(each)['host'])}`, because: 'Checks connect directly.' })),
      ...(monitors.some((monitor) => list(monitor['tags']).length > 0) ? [{ what: 'Tags', because: 'Checks have no tags; bind them to services instead.' }] : []),
    ],
  };
}

function itemOf(monitor: Monitor, names: ReadonlyMap<string, string>): Item {
  const notes: string[] = [];
  const kind = text(monitor['type']);
  const mapped = mappedOf(monitor, kind, notes);
  const proxied = mapped.probe !== undefined && text(monitor['proxyId'] ?? monitor['proxy_id']) !== '';
  if (proxied) notes.push('Its proxy is not taken over: it connects directly.');
  if ((number(monitor['resendInterval']) ?? 0) > 0) notes.push('Repeated notifications are those of the escalation policy.');
  return {
    key: `uptime-kuma:${text(monitor['id'])} ${text(monitor['name'])}`.slice(0, 300),
    name: text(monitor['name']).slice(0, 200) || text(monitor['url']).slice(0, 200) || `Monitor ${text(monitor['id'])}`,
    kind,
    group: names.get(text(monitor['parent'])) ?? null,
    paused: monitor['active'] === false || monitor['active'] === 0,
    probe: mapped.probe,
    because: mapped.because ?? '',
    notes,
  };
}

function mappedOf(monitor: Monitor, kind: string, notes: string[]): Mapped {
  if (kind === 'group') return { because: 'It is a group: its checks are bound to the service of its name, where there is one.' };
  if (yes(monitor['upsideDown'])) return { because: 'It is upside down: it passes while its target fails. Turn a condition round instead, like [STATUS] != 200.' };
  const make = MAKERS[kind];
  if (!make) return { because: `Monitors of the type ${kind || 'without a name'} have no kind of check here.` };
  const made = make(monitor, notes);
  return 'because' in made || kind === 'push' ? made : { probe: { ...made.probe, ...timesOf(monitor, notes) } };
}

/** Retries here are further failures until it is down. */
function timesOf(monitor: Monitor, notes: string[]) {
  const intervalSeconds = number(monitor['interval']) ?? 60;
  const retries = number(monitor['maxretries']) ?? 0;
  const retry = number(monitor['retryInterval']);
  const given = number(monitor['timeout']) ?? 0;
  return fitted(
    {
      intervalSeconds,
      timeoutSeconds: given > 0 ? given : Math.min(48, Math.floor(intervalSeconds * 0.8)),
      failures: retries + 1,
      successes: 1,
      ...(retries > 0 && retry !== undefined && { retrySeconds: retry }),
    },
    notes,
  );
}

type Make = (monitor: Monitor, notes: string[]) => Mapped;

const MAKERS: Readonly<Record<string, Make>> = {
  http: web,
  keyword: web,
  'json-query': web,
  port: (monitor) => ({ probe: { kind: 'tcp', ...placeOf(monitor) } }),
  ping: (monitor) => ({ probe: { kind: 'ping', host: text(monitor['hostname']) } }),
  dns: dnsOf,
  push: pushOf,
  postgres: (monitor) => databaseOf(monitor, 'postgresql', 5432),
  mysql: (monitor) => databaseOf(monitor, 'mysql', 3306),
  redis: (monitor) => databaseOf(monitor, 'redis', 6379),
  smtp: (monitor) => ({ probe: { kind: 'smtp', ...placeOf(monitor), security: { secure: 'tls', starttls: 'starttls' }[text(monitor['smtpSecurity'])] ?? 'none' } }),
};

const placeOf = (monitor: Monitor) => ({ host: text(monitor['hostname']), ...(number(monitor['port']) !== undefined && { port: number(monitor['port']) }) });

function web(monitor: Monitor, notes: string[]): Mapped {
  const login = text(monitor['authMethod'] ?? monitor['auth_method']);
  if (login !== '' && login !== 'basic' && login !== 'null') return { because: `It logs in by ${login}, which checks here do not do.` };
  const statuses = list(monitor['accepted_statuscodes'] ?? monitor['accepted_statuscodes_json'])
    .map(text)
    .filter(Boolean);
  const method = text(monitor['method']).toUpperCase() || 'GET';
  const body = text(monitor['body']);
  const isSent = body !== '' && method !== 'GET' && method !== 'HEAD';
  if (body !== '' && !isSent) notes.push(`A body is not sent with ${method}.`);
  const keyword = text(monitor['type']) === 'keyword' ? text(monitor['keyword']) : '';
  const conditions = text(monitor['type']) === 'json-query' ? jsonCondition(monitor) : [];
  if (!conditions) return { because: `Its query ${text(monitor['jsonPath'])} is more than a path. Write a condition like [BODY].data.status == UP.` };
  return {
    probe: {
      kind: 'http',
      url: text(monitor['url']),
      method,
      headers: headersOf(monitor, isSent),
      ...(isSent && { body }),
      user: text(monitor['basic_auth_user']),
      password: text(monitor['basic_auth_pass']),
      ...(statuses.length > 0 && { expect: statuses.join(', ') }),
      text: keyword,
      textAbsent: keyword !== '' && yes(monitor['invertKeyword']),
      redirects: Math.min(20, number(monitor['maxredirects']) ?? 10),
      verify: !yes(monitor['ignoreTls']),
      certificateDays: yes(monitor['expiryNotification']) ? 21 : 0,
      conditions,
    },
  };
}

const TYPES: Readonly<Record<string, string>> = { json: 'application/json', xml: 'text/xml; charset=utf-8', form: 'application/x-www-form-urlencoded' };

function headersOf(monitor: Monitor, hasBody: boolean): readonly { readonly name: string; readonly value: string }[] {
  const given = Object.entries(fields(parsed(text(monitor['headers'])))).map(([name, value]) => ({ name, value: text(value) }));
  const type = hasBody ? TYPES[text(monitor['httpBodyEncoding']) || 'json'] : undefined;
  return type && !given.some(({ name }) => name.toLowerCase() === 'content-type') ? [...given, { name: 'Content-Type', value: type }] : given;
}

function parsed(source: string): unknown {
  try {
    return source === '' ? {} : JSON.parse(source);
  } catch {
    return {};
  }
}

/** A path such as `$.data[0].status` as a condition; undefined for what computes. */
function jsonCondition(monitor: Monitor): readonly string[] | undefined {
  const path = text(monitor['jsonPath']).replace(/^\$\.?/, '');
  if (!/^[\w-]*(\[\d+\])*(\.[\w-]+(\[\d+\])*)*$/.test(path)) return undefined;
  const operator = text(monitor['jsonPathOperator']) || '==';
  const known = ['==', '!=', '<', '>', '<=', '>='].includes(operator);
  const wanted = operator === 'contains' ? `pat(*${text(monitor['expectedValue'])}*)` : text(monitor['expectedValue']);
  if (wanted === '' || (!known && operator !== 'contains')) return undefined;
  return [`[BODY]${path === '' || path.startsWith('[') ? '' : '.'}${path} ${known ? operator : '=='} ${wanted}`];
}

function dnsOf(monitor: Monitor, notes: string[]): Mapped {
  const [resolver = '', ...others] = text(monitor['dns_resolve_server'])
    .split(',')
    .map((each) => each.trim());
  if (others.length > 0) notes.push(`Of its resolvers only ${resolver} is asked.`);
  return {
    probe: {
      kind: 'dns',
      name: text(monitor['hostname']),
      record: text(monitor['dns_resolve_type']) || 'A',
      resolver,
      ...(number(monitor['port']) && { port: number(monitor['port']) }),
    },
  };
}

function pushOf(monitor: Monitor, notes: string[]): Mapped {
  const seconds = Math.max(60, number(monitor['interval']) ?? 60);
  const retries = number(monitor['maxretries']) ?? 0;
  notes.push('Its job must call the new ping address, which the check shows.');
  return { probe: { kind: 'heartbeat', expects: { kind: 'period', seconds }, graceSeconds: Math.max(60, retries * (number(monitor['retryInterval']) ?? 60)) } };
}

/** A connection string such as postgres://user:password@host:port/name. */
function databaseOf(monitor: Monitor, kind: 'postgresql' | 'mysql' | 'redis', port: number): Mapped {
  const given = text(monitor['databaseConnectionString']);
  if (!URL.canParse(given)) return { because: 'Its connection string is not an address such as postgres://user:password@host:5432/name.' };
  const url = new URL(given);
  const [user, password, name] = [decoded(url.username), decoded(url.password), decoded(url.pathname.slice(1))];
  const query = text(monitor['databaseQuery']);
  const place = { kind, host: url.hostname, port: Number(url.port) || port, password, verify: !yes(monitor['ignoreTls']) };
  if (kind === 'redis') return { probe: { ...place, user: user === 'default' ? '' : user, database: Number(name) || 0, tls: url.protocol === 'rediss:' ? 'on' : 'off' } };
  const mode = url.searchParams.get('sslmode');
  return { probe: { ...place, user, database: name, tls: mode !== null && mode !== 'disable' ? 'on' : 'off', ...(query !== '' && { query }) } };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
