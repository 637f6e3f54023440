import { EMPTY, type Mapping } from './shape.ts';
import { textOf, valueAt, writePath } from './template.ts';

/** Where fields commonly stand, besides the top. */
const INSIDE = ['', 'data', 'alert', 'event', 'payload', 'incident', 'problem', 'issue', 'check', 'monitor', 'heartbeat', 'mail', 'details', 'labels', 'annotations', 'attributes'];
const LISTS = ['alerts', 'events', 'incidents', 'problems', 'items', 'records', 'data', 'messages'];
const MOST_ALTERNATIVES = 5;

/** What senders call each field, the most telling first. A name with dots leads further down. */
const NAMES = {
  state:
    'status state alert_state alertState current_state currentState new_state newState event_state transition alert_transition event_action eventAction action event_type eventType alert_type',
  key: 'dedup_key dedupKey deduplication_key deduplicationKey dedup fingerprint alert_key alertKey alert_id alertId alertID incident_key incident_id incidentId problem_id problemId ProblemID correlation_id correlationId alias thread key monitor_id monitorID monitorId check_id checkId rule_id ruleId uid id',
  title: 'title summary subject message msg alert_name alertname alertName event_name eventName headline short_message name description text reason body',
  severity: 'severity priority level urgency criticality importance Severity',
  origin:
    'host.name host hostname host_name hostName node instance device server machine resource.name resource entity.name entity origin source agent.name agent client ip address',
  service: 'service.name service service_name serviceName app application component system',
  startsAt: 'starts_at startsAt started_at startedAt start_time startTime opened_at openedAt timestamp occurred_at event_time eventTime time date created_at createdAt @timestamp',
  link: 'url link href permalink html_url web_url alert_url alertUrl incident_url incidentUrl source_url details_url dashboard_url URL ProblemURL',
} as const;

/** A mail says everything in its subject; the door gives it the conversation it belongs to. */
const MAIL: Mapping = {
  ...EMPTY,
  state: '{mail.subject}',
  key: '{mail.thread}',
  title: '{mail.subject|mail.text}',
  severity: '',
  origin: '{mail.from}',
  startsAt: '{mail.date}',
  details: 'mail',
};

type Field = keyof typeof NAMES;
type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields | null => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null);

/** The mapping that common names suggest for these bodies; with no body, or none that says anything, only the title is missing. */
export function guessMapping(bodies: readonly unknown[]): Mapping {
  if (bodies.length > 0 && bodies.every((body) => fieldsOf(fieldsOf(body)?.['mail']) !== null)) return MAIL;
  const list = LISTS.find((name) => bodies.some((body) => isListOf(fieldsOf(body)?.[name]))) ?? '';
  const items = bodies.flatMap((body) => itemsOf(body, list)).slice(0, 200);
  const isCloud = items.some((item) => 'specversion' in item);
  const found = Object.fromEntries(Object.keys(NAMES).map((field) => [field, templateOf(pathsOf(field as Field, items, isCloud))])) as Record<Field, string>;
  return { ...EMPTY, list, ...found, ...(isCloud ? ofCloudEvents(found, items) : {}) };
}

const isListOf = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every((one) => fieldsOf(one) !== null);

function itemsOf(body: unknown, list: string): Fields[] {
  const items = list === '' ? (Array.isArray(body) ? body : [body]) : fieldsOf(body)?.[list];
  return (Array.isArray(items) ? items : [])
    .slice(0, 20)
    .map(fieldsOf)
    .filter((item) => item !== null);
}

function pathsOf(field: Field, items: readonly Fields[], isCloud: boolean): string[] {
  const names = NAMES[field].split(' ');
  const candidates = names.flatMap((name) => INSIDE.map((inside) => [...(inside === '' ? [] : [inside]), ...name.split('.')]));
  // The id, subject and time of a CloudEvent are those of the message, not of what it is about.
  const own = isCloud ? candidates.filter((steps) => steps.length > 1 || !['id', 'subject', 'source', 'time'].includes(steps[0]!) || field === 'startsAt') : candidates;
  const standing = own.filter((steps) => items.some((item) => textOf(valueAt({ root: false, steps }, { item, root: item })) !== ''));
  return standing.map(writePath).slice(0, MOST_ALTERNATIVES);
}

const templateOf = (paths: readonly string[]): string => (paths.length === 0 ? '' : `{${paths.join('|')}}`);

/** What the envelope of a CloudEvent says when its data does not. */
function ofCloudEvents(found: Readonly<Record<Field, string>>, items: readonly Fields[]): Partial<Mapping> {
  const hasSubject = items.some((item) => textOf(item['subject']) !== '');
  return {
    state: found.state === '' ? '{type}' : found.state,
    title: found.title === '' ? `{type}${hasSubject ? ' {subject}' : ''}` : found.title,
    origin: found.origin === '' ? '{source}' : found.origin,
    key: found.key === '' && hasSubject ? '{source} {subject}' : found.key,
  };
}
