import { durationOf } from '../rules/index.ts';
import { fields, list, number, text, Unreadable } from '#kernel/foreign.ts';
import { fitted, type Item, type Moving } from './item.ts';

type Fields = Readonly<Record<string, unknown>>;
interface Mapped {
  readonly probe?: Readonly<Record<string, unknown>>;
  readonly because?: string;
}

const WHOLE: Readonly<Record<string, string>> = {
  maintenance: 'Plan maintenance here, for the services it touches.',
  security: 'People sign in to the desk.',
  storage: 'The desk keeps results in its own database.',
  ui: 'The desk has its own pages.',
  web: 'The desk has its own address.',
  connectivity: 'It is a setting of the whole desk.',
  remote: 'Other instances are not read.',
  suites: 'Checks of several steps have no counterpart here.',
  tunneling: 'Checks connect directly.',
  announcements: 'They belong to a status page.',
};

/** A configuration of Gatus: endpoints and external endpoints, with the thresholds of their alerts. */
export function readGatus(document: unknown): Moving {
  const whole = fields(document);
  const endpoints = list(whole['endpoints'] ?? whole['services']).map(fields);
  const external = list(whole['external-endpoints']).map(fields);
  if (endpoints.length + external.length === 0) throw new Unreadable('This YAML has no endpoints. Take the configuration file of Gatus, often config.yaml.');
  const alerting = fields(whole['alerting']);
  const named = (source: string) => ({ what: `Setting ${source}`, because: WHOLE[source] ?? '' });
  return {
    format: 'gatus',
    items: [...endpoints.map((each) => itemOf(each, alerting, endpointOf)), ...external.map((each) => itemOf(each, alerting, externalOf))],
    left: [
      ...Object.keys(alerting).map((provider) => ({
        what: `Alerting by ${provider}`,
        because: 'Who is told stands in the escalation policy of the service and in the rules of each person.',
      })),
      ...Object.keys(whole)
        .filter((source) => source in WHOLE)
        .map(named),
    ],
  };
}

function itemOf(endpoint: Fields, alerting: Fields, map: (endpoint: Fields, alerting: Fields, notes: string[]) => Mapped): Item {
  const notes: string[] = [];
  const [name, group] = [text(endpoint['name']), text(endpoint['group'])];
  const unknown = variableIn(endpoint);
  const mapped =
    unknown === undefined
      ? map(endpoint, alerting, notes)
      : { because: `It uses the variable ${unknown}, whose value is not in the file. Write the value in its place and read the file again.` };
  if (list(endpoint['maintenance-windows']).length > 0) notes.push('Its maintenance windows are not taken over.');
  return {
    key: `gatus:${group} ${name}`.slice(0, 300),
    name: (group === '' ? name : name || group).slice(0, 200) || text(endpoint['url']).slice(0, 200) || 'Endpoint',
    kind: /^(\w+):/.exec(text(endpoint['url']))?.[1]?.toLowerCase() ?? (endpoint['dns'] ? 'dns' : 'external'),
    group: group === '' ? null : group,
    paused: endpoint['enabled'] === false,
    probe: mapped.probe,
    because: mapped.because ?? '',
    notes,
  };
}

/** Nothing of an endpoint stands deeper; a file can lead round in a circle. */
const DEEPEST = 8;

/** The first variable of the environment that a value needs: `$NAME` or `${NAME}`; `$$` is a dollar. */
function variableIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') {
    const found = /\$(?:\{(\w+)\}|([A-Za-z_]\w*))/.exec(value.replaceAll('$$', ''));
    return found ? (found[1] ?? found[2]) : undefined;
  }
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return undefined;
  return Object.entries(value)
    .filter(([key]) => key !== 'alerts')
    .map(([, each]) => variableIn(each, depth + 1))
    .find(Boolean);
}

function endpointOf(endpoint: Fields, alerting: Fields, notes: string[]): Mapped {
  const client = fields(endpoint['client']);
  for (const [setting, what] of [
    ['proxy-url', 'Its proxy'],
    ['oauth2', 'Its login by OAuth2'],
    ['identity-aware-proxy', 'Its login by a proxy'],
    ['tunnel', 'Its tunnel'],
  ] as const)
    if (client[setting] !== undefined) return { because: `${what} has no counterpart here.` };
  if (fields(client['tls'])['certificate-file'] !== undefined) return { because: 'Its client certificate has no counterpart here.' };
  if (client['dns-resolver'] !== undefined) notes.push('Names are resolved by the desk’s machine, not by its own resolver.');
  const made = probeOf(endpoint, client);
  if (!made.probe) return made;
  const conditions = conditionsOf(endpoint, made.probe, notes);
  const times = fitted({ intervalSeconds: secondsOf(endpoint['interval'], 60), timeoutSeconds: secondsOf(client['timeout'], 10), ...thresholdsOf(endpoint, alerting) }, notes);
  return { probe: { ...made.probe, ...times, conditions } };
}

/** Conditions as they are; what a probe of the kind does not find out is left with a note. */
function conditionsOf(endpoint: Fields, probe: Fields, notes: string[]): readonly string[] {
  return list(endpoint['conditions'])
    .map((each) => text(each).replaceAll('$$', '$'))
    .filter((condition) => {
      if (/\[CONTEXT\]/i.test(condition)) notes.push(`The condition ${condition} is not taken over.`);
      else if (/\[DOMAIN_EXPIRATION\]/i.test(condition)) notes.push(`The condition ${condition} is not taken over: make a check of the kind Domain expiry for it.`);
      else if (/\[STATUS\]/i.test(condition) && probe['kind'] !== 'http') notes.push(`The condition ${condition} is not taken over: only HTTP has a status.`);
      else return true;
      return false;
    });
}

function probeOf(endpoint: Fields, client: Fields): Mapped {
  const url = text(endpoint['url']);
  const dns = fields(endpoint['dns']);
  if (endpoint['dns'] !== undefined) {
    const { host, port } = placeOf(url.replace(/^\w+:\/\//, ''));
    return {
      probe: { kind: 'dns', name: text(dns['query-name']).replace(/\.$/, ''), record: text(dns['query-type']).toUpperCase() || 'A', resolver: host, ...(port && { port }) },
    };
  }
  const [, scheme = '', rest = ''] = /^(\w+):\/\/(.*)$/.exec(url) ?? [];
  const place = placeOf(rest);
  const verify = client['insecure'] !== true;
  switch (scheme.toLowerCase()) {
    case 'http':
    case 'https':
      return web(endpoint, client, verify);
    case 'tcp':
      return { probe: { kind: 'tcp', ...place, send: text(endpoint['body']) } };
    case 'icmp':
      return { probe: { kind: 'ping', host: place.host } };
    case 'starttls':
      return { probe: { kind: 'smtp', ...place, security: 'starttls', verify } };
    case 'tls':
      return { probe: { kind: 'tls', ...place, verify, daysLeast: 0, protocolLeast: 'TLSv1' } };
    case 'ssh':
      return text(fields(endpoint['ssh'])['username']) === ''
        ? { probe: { kind: 'ssh', ...place } }
        : { because: 'It runs a command over SSH, which checks here do not do. A script on the machine can ping a heartbeat instead.' };
    default:
      return { because: scheme === '' ? 'It has no address that could be read.' : `Addresses of ${scheme}:// have no kind of check here.` };
  }
}

function web(endpoint: Fields, client: Fields, verify: boolean): Mapped {
  const body = text(endpoint['body']);
  const isGraph = endpoint['graphql'] === true;
  const headers = Object.entries(fields(endpoint['headers'])).map(([name, value]) => ({ name, value: text(value).replaceAll('$$', '$') }));
  const method = text(endpoint['method']).toUpperCase() || 'GET';
  const typed = isGraph && !headers.some(({ name }) => name.toLowerCase() === 'content-type');
  return {
    probe: {
      kind: 'http',
      url: text(endpoint['url']),
      method,
      headers: typed ? [...headers, { name: 'Content-Type', value: 'application/json' }] : headers,
      ...(body !== '' && method !== 'GET' && method !== 'HEAD' && { body: isGraph ? JSON.stringify({ query: body }) : body }),
      // Its conditions alone decide.
      expect: '100-599',
      redirects: client['ignore-redirect'] === true ? 0 : 10,
      verify,
    },
  };
}

function externalOf(endpoint: Fields, _alerting: Fields, notes: string[]): Mapped {
  const seconds = secondsOf(fields(endpoint['heartbeat'])['interval'], 0);
  if (seconds === 0) return { because: 'It has no heartbeat interval, so nothing tells when it is overdue. Make an alert source for what pushes results.' };
  notes.push('Its job must call the new ping address, which the check shows.');
  return { probe: { kind: 'heartbeat', expects: { kind: 'period', seconds: Math.max(60, seconds) }, graceSeconds: 60 } };
}

/** Host and port of what stands behind a scheme. */
function placeOf(rest: string): { readonly host: string; readonly port?: number } {
  const [, host = '', port] = /^\[?([^\]/?#]*?)\]?(?::(\d+))?(?:[/?#].*)?$/.exec(rest) ?? [];
  return { host, ...(port && { port: Number(port) }) };
}

function secondsOf(value: unknown, otherwise: number): number {
  const given = text(value);
  const ms = durationOf(given);
  return given === '' || ms === undefined ? otherwise : ms / 1000;
}

/** The first alert decides, then the default of its provider, then that of Gatus. */
function thresholdsOf(endpoint: Fields, alerting: Fields): { readonly failures: number; readonly successes: number } {
  const own = list(endpoint['alerts']).map(fields);
  const merged = own.map((alert) => ({ ...fields(fields(alerting[text(alert['type'])])['default-alert']), ...alert }));
  const least = (name: string, otherwise: number) => (merged.length === 0 ? otherwise : Math.min(...merged.map((alert) => number(fields(alert)[name]) ?? otherwise)));
  return { failures: least('failure-threshold', 3), successes: least('success-threshold', 2) };
}
