import { safeLink, type Signal } from '../rules/signal.ts';
import { cut, shortKey } from '../rules/cut.ts';
import type { Severity } from '../rules/severity.ts';
import type { Problem, Reading } from './alertmanager.ts';
import { firstOf, plainFields } from './form.ts';

/**
 * Notifications of Icinga 2, Nagios and its relatives, as a notification script sends them: JSON or a form, with the names
 * of the script in docs/receiving.md or with those of the macros themselves (NOTIFICATIONTYPE, HOSTNAME, SERVICEDESC …).
 */
const SEVERITIES: Readonly<Record<string, Severity>> = {
  DOWN: 'critical',
  CRITICAL: 'critical',
  UNREACHABLE: 'error',
  UNKNOWN: 'error',
  WARNING: 'warning',
  OK: 'info',
  UP: 'info',
};

type Kind = Signal['kind'] | 'flaps' | 'steady' | 'nothing';
const KINDS: Readonly<Record<string, Kind>> = {
  PROBLEM: 'trigger',
  RECOVERY: 'resolve',
  ACKNOWLEDGEMENT: 'acknowledge',
  FLAPPINGSTART: 'flaps',
  FLAPPINGSTOP: 'steady',
  FLAPPINGEND: 'steady',
  FLAPPINGDISABLED: 'steady',
  DOWNTIMESTART: 'nothing',
  DOWNTIMEEND: 'nothing',
  DOWNTIMEREMOVED: 'nothing',
  DOWNTIMECANCELLED: 'nothing',
  CUSTOM: 'nothing',
};

const refuse = (sentence: string): { readonly problem: Problem } => ({ problem: { status: 400, sentence } });

export function read(body: unknown): Reading | { readonly problem: Problem } {
  const fields = plainFields(body);
  if (!fields) return refuse('This is not a notification of Icinga or Nagios: the body is no object with fields.');
  const type = firstOf(fields, 'type', 'notification_type', 'notificationtype')
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '');
  const host = firstOf(fields, 'host', 'host_name', 'hostname', 'hostalias', 'host_alias');
  if (host === '') return refuse('This notification names no host.');
  const state = firstOf(fields, 'state', 'service_state', 'servicestate', 'host_state', 'hoststate').toUpperCase();
  const kind = kindOf(type, state);
  if (!kind)
    return refuse(
      type === ''
        ? 'This notification has no type: PROBLEM, RECOVERY …'
        : `${type} is no type of notification that is known: PROBLEM, RECOVERY, ACKNOWLEDGEMENT, FLAPPING…, DOWNTIME… or CUSTOM.`,
    );
  if (kind === 'nothing') return { signals: [], refused: [], truncated: 0 };
  return { signals: [signalOf(fields, { kind, host, state })], refused: [], truncated: 0 };
}

/** By the type; scripts that send none are read by the state alone. */
function kindOf(type: string, state: string): Kind | undefined {
  if (type !== '') return KINDS[type];
  return state === '' ? undefined : state === 'OK' || state === 'UP' ? 'resolve' : 'trigger';
}

function signalOf(fields: ReadonlyMap<string, string>, said: { readonly kind: Exclude<Kind, 'nothing'>; readonly host: string; readonly state: string }): Signal {
  const { kind, host, state } = said;
  const check = firstOf(fields, 'service', 'service_name', 'servicedesc', 'service_description');
  const output = firstOf(fields, 'output', 'service_output', 'serviceoutput', 'host_output', 'hostoutput');
  const flapping = kind === 'flaps' || kind === 'steady';
  const what = check === '' ? host : `${check} on ${host}`;
  const told = ['address', 'hostaddress', 'long_output', 'longserviceoutput', 'comment', 'notificationcomment', 'author', 'notificationauthor', 'time', 'longdatetime'];
  return {
    kind: kind === 'flaps' ? 'trigger' : kind === 'steady' ? 'resolve' : kind,
    // Flapping is a condition of its own: its end says nothing about the problem.
    key: shortKey(`${host}${check === '' ? '' : `!${check}`}${flapping ? ' flapping' : ''}`),
    summary: cut(flapping ? `${what} is flapping` : `${what} is ${state || (kind === 'resolve' ? 'OK' : 'in trouble')}${output === '' ? '' : `: ${output}`}`, 1024),
    severity: flapping ? 'warning' : (SEVERITIES[state] ?? 'error'),
    source: host,
    labels: Object.fromEntries(Object.entries({ host, ...(check === '' ? {} : { check }), ...groups(fields) }).map(([name, value]) => [name, cut(value, 500)])),
    details: Object.fromEntries([...(output === '' ? [] : [['output', output]]), ...told.flatMap((name) => (fields.has(name) ? [[name, fields.get(name)]] : []))]) as Record<
      string,
      unknown
    >,
    startsAt: null,
    link: safeLink(firstOf(fields, 'url', 'notes_url', 'servicenotesurl', 'hostnotesurl', 'service_notes_url', 'host_notes_url')),
    links: [],
  };
}

function groups(fields: ReadonlyMap<string, string>): Record<string, string> {
  const named = {
    hostgroup: firstOf(fields, 'hostgroup', 'hostgroupname', 'hostgroups'),
    servicegroup: firstOf(fields, 'servicegroup', 'servicegroupname', 'servicegroups'),
    app: firstOf(fields, 'app'),
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== ''));
}
