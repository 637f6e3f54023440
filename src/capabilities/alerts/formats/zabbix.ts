import * as z from 'zod';
import { cut, shortKey } from '../rules/cut.ts';
import { severityOf, type Severity } from '../rules/severity.ts';
import { instantFrom, safeLink, type Signal } from '../rules/signal.ts';
import type { Problem, Reading } from './alertmanager.ts';
import { firstOf, plainFields } from './form.ts';

/**
 * What a webhook media type of Zabbix sends: the parameters of docs/receiving.md, named after their macros. `event.value` is
 * 1 for a problem and 0 when it is over; `event.update.status` is 1 for an update of a problem, such as an acknowledgement.
 */
const BY_NUMBER: readonly Severity[] = ['info', 'info', 'warning', 'warning', 'error', 'critical'];
const Tags = z.array(z.object({ tag: z.string(), value: z.string().default('') }));

const refuse = (sentence: string): { readonly problem: Problem } => ({ problem: { status: 400, sentence } });

export function read(body: unknown): Reading | { readonly problem: Problem } {
  const fields = plainFields(body);
  if (!fields) return refuse('This is not a message of Zabbix: the body is no object with fields.');
  const key = firstOf(fields, 'event_id', 'eventid', 'trigger_id', 'triggerid');
  if (key === '') return refuse('This message of Zabbix has neither event.id nor trigger.id. Give the media type the parameters of the snippet.');
  const title = firstOf(fields, 'event_name', 'trigger_name', 'alert_subject', 'subject');
  if (title === '') return refuse('This message of Zabbix has no event.name.');
  const kind = kindOf(fields);
  if (!kind) return refuse('This message of Zabbix does not say whether the problem began or is over: event.value is neither 1 nor 0.');
  return { signals: [signalOf(fields, { kind, key, title })], refused: [], truncated: 0 };
}

function kindOf(fields: ReadonlyMap<string, string>): Signal['kind'] | undefined {
  const value = firstOf(fields, 'event_value', 'trigger_value', 'event_status', 'trigger_status').toUpperCase();
  if (['0', 'RESOLVED', 'OK'].includes(value)) return 'resolve';
  if (!['1', 'PROBLEM'].includes(value)) return undefined;
  if (firstOf(fields, 'event_update_status') !== '1') return 'trigger';
  const done = firstOf(fields, 'event_update_action', 'event_ack_status').toLowerCase();
  return /\backnowledged\b|^yes$/.test(done) && !/\bunacknowledged\b/.test(done) ? 'acknowledge' : 'trigger';
}

function signalOf(fields: ReadonlyMap<string, string>, said: Pick<Signal, 'kind'> & { readonly key: string; readonly title: string }): Signal {
  const host = firstOf(fields, 'host_name', 'host_host', 'hostname', 'host');
  const tags = tagsOf(firstOf(fields, 'event_tagsjson', 'event_tags_json', 'event_tags'));
  const base = firstOf(fields, 'zabbix_url').replace(/\/+$/, '');
  const [event, trigger] = [firstOf(fields, 'event_id'), firstOf(fields, 'trigger_id')];
  const told = {
    opdata: 'event_opdata',
    'host.ip': 'host_ip',
    'trigger.description': 'trigger_description',
    'update.message': 'event_update_message',
    'update.user': 'user_fullname',
  };
  return {
    kind: said.kind,
    key: shortKey(said.key),
    summary: cut(host === '' || said.title.includes(host) ? said.title : `${said.title} on ${host}`, 1024),
    severity: severity(fields),
    source: host,
    labels: { ...tags, ...(host === '' ? {} : { host: cut(host, 500) }), ...(trigger === '' ? {} : { trigger: cut(trigger, 100) }) },
    details: Object.fromEntries(Object.entries(told).flatMap(([name, field]) => (fields.has(field) ? [[name, fields.get(field)!]] : []))),
    startsAt: startOf(firstOf(fields, 'event_timestamp')),
    link:
      safeLink(firstOf(fields, 'trigger_url', 'event_url')) ??
      (event && trigger ? safeLink(`${base}/tr_events.php?triggerid=${encodeURIComponent(trigger)}&eventid=${encodeURIComponent(event)}`) : null),
    links: [],
  };
}

/** Seconds since 1970, as `{EVENT.TIMESTAMP}` gives them, or RFC 3339. */
const startOf = (said: string): number | null => (/^\d{9,10}$/.test(said) ? Number(said) * 1000 : instantFrom(said));

function severity(fields: ReadonlyMap<string, string>): Severity {
  const number = firstOf(fields, 'event_nseverity', 'trigger_nseverity');
  if (/^[0-5]$/.test(number)) return BY_NUMBER[Number(number)]!;
  const word = firstOf(fields, 'event_severity', 'trigger_severity', 'severity');
  return /^not classified$/i.test(word) ? 'info' : severityOf(word === '' ? undefined : word);
}

/** Tags by `{EVENT.TAGSJSON}`, or the plain list `Application: MySQL, scope:availability`. */
function tagsOf(text: string): Record<string, string> {
  const pairs = readTags(text);
  return Object.fromEntries(
    pairs
      .flatMap(([name, value]): [string, string][] =>
        name.trim() === ''
          ? []
          : [
              [
                name
                  .trim()
                  .toLowerCase()
                  .replaceAll(/[^a-z0-9_]/g, '_'),
                cut(value.trim(), 500),
              ],
            ],
      )
      .slice(0, 50),
  );
}

function readTags(text: string): [string, string][] {
  if (!text.startsWith('[')) return text === '' ? [] : text.split(',').map((one): [string, string] => [one.split(':')[0] ?? '', one.split(':').slice(1).join(':')]);
  try {
    const tags = Tags.safeParse(JSON.parse(text));
    return tags.success ? tags.data.map(({ tag, value }): [string, string] => [tag, value]) : [];
  } catch {
    return [];
  }
}
