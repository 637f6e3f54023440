import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isUnavailable } from '#kernel/database.ts';
import type { Desk } from '#kernel/desk.ts';
import { tooDeep } from '#kernel/http.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { fromHeaders } from '../formats/events.ts';
import { firstOf, plainFields } from '../formats/form.ts';
import * as goalert from '../formats/goalert.ts';
import * as incidentio from '../formats/incidentio.ts';
import { formats } from '../formats/index.ts';
import * as change from '../formats/pagerduty-change.ts';
import * as pagerduty from '../formats/pagerduty.ts';
import * as pagerdutyV1 from '../formats/pagerduty-v1.ts';
import { BODY_MOST, fieldsOf, jsonOf, textOf, TOO_DEEP } from './body.ts';
import { noteChange } from './changes.ts';
import { accept, isOver, openDoor, sourceOf, type At } from './door.ts';
import { noteRefusal } from './listening.ts';

/** Senders whose key stands in the address and who send a list of alerts. */
const WEBHOOKS = ['alertmanager', 'grafana'] as const;
/** Where a message that cannot be understood is kept all the same: a mapping or a script can be put right afterwards. */
const KEPT = { events: 'events', icinga: 'icinga', nagios: 'icinga', zabbix: 'zabbix' } as const;

interface Call {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The addresses to which monitoring systems send. Stored first, then answered; worked off after that. */
export function ingestRoutes(app: FastifyInstance, desk: Desk): void {
  const at = { desk, door: openDoor() };
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_MOST }, (_request, body, done) => done(null, body));
    for (const format of WEBHOOKS) scope.post(`/ingest/:key/${format}`, (request, reply) => receiveWebhook(at, format, { request, reply }));
    for (const [path, format] of Object.entries(KEPT)) scope.post(`/ingest/:key/${path}`, (request, reply) => receiveKept(at, format, { request, reply }));
    for (const format of ['pagerduty', 'pagerdutyV1'] as const) scope.post(EVENTS[format].path, (request, reply) => receiveEvent(at, format, { request, reply }));
    scope.post('/v2/change/enqueue', (request, reply) => receiveChange(at, { request, reply }));
    scope.post('/v2/alert_events/:kind/:key', (request, reply) => receiveIncidentIo(at, { request, reply }));
    for (const path of ['/api/v2/generic/incoming', '/ingest/:key/goalert']) scope.post(path, (request, reply) => receiveGoAlert(at, { request, reply }));
    scope.setErrorHandler((error, request, reply) => {
      const status = (error as { statusCode?: number }).statusCode;
      if (status === 413) return reply.code(413).send({ status: 'invalid event', message: 'The body is larger than 1 MiB.' });
      request.log.error({ err: error }, 'a signal could not be stored; the sender is told to try again');
      if (isUnavailable(error)) return reply.code(503).header('retry-after', '5').send({ status: 'unavailable', message: 'It could not be stored. Please retry later.' });
      return reply.code(500).send({ status: 'error', message: 'It could not be stored. Please retry later.' });
    });
  });
}

async function receiveWebhook(at: At, format: (typeof WEBHOOKS)[number], { request, reply }: Call): Promise<FastifyReply> {
  const { key } = request.params as { key: string };
  const sourceId = await sourceOf(at, key);
  if (!sourceId) return refuseKey(at, request, reply);
  if (isOver(at, sourceId)) return busy(reply);
  const body = textOf(request);
  if ('sentence' in body) return refuse(at, reply, { sourceId, status: body.status, sentence: body.sentence });
  const read = jsonOf(body.text);
  const checked = 'sentence' in read ? { problem: { sentence: read.sentence } } : formats[format].read(read.json);
  if ('problem' in checked) return refuse(at, reply, { sourceId, status: 400, sentence: checked.problem.sentence });
  await accept(at, { sourceId, format, body: body.text, givenKey: null, ...(checked.refused.length === 0 ? { signals: checked.signals } : {}) });
  return reply.code(202).send({ status: 'accepted', alerts: checked.signals.length, refused: checked.refused });
}

async function receiveKept(at: At, format: (typeof KEPT)[keyof typeof KEPT], { request, reply }: Call): Promise<FastifyReply> {
  const { key } = request.params as { key: string };
  const sourceId = await sourceOf(at, key);
  if (!sourceId) return refuseKey(at, request, reply);
  if (isOver(at, sourceId)) return busy(reply);
  const body = textOf(request);
  if ('sentence' in body) return refuse(at, reply, { sourceId, status: body.status, sentence: body.sentence });
  if (tooDeep(body.text)) return refuse(at, reply, { sourceId, status: 400, sentence: TOO_DEEP });
  const cloud = format === 'events' ? fromHeaders(request.headers, body.text) : null;
  const read = cloud ? { json: cloud } : format === 'events' ? jsonOf(body.text) : fieldsOf(body.text, String(request.headers['content-type'] ?? ''));
  if ('sentence' in read) return refuse(at, reply, { sourceId, status: 400, sentence: read.sentence });
  if (typeof read.json !== 'object' || read.json === null)
    return refuse(at, reply, { sourceId, status: 400, sentence: 'The body is no object and no list: nothing can be read from it.' });
  const isAsSent = !cloud && /^\s*[[{]/.test(body.text);
  await accept(at, { sourceId, format, body: isAsSent ? body.text : JSON.stringify(read.json), givenKey: null });
  return reply.code(202).send({ status: 'accepted' });
}

/** Both versions of PagerDuty's events: the key stands in the body, and the answers are word for word the original's. */
const EVENTS = {
  pagerduty: { path: '/v2/enqueue', answer: pagerduty.answer },
  pagerdutyV1: { path: '/generic/2010-04-15/create_event.json', answer: (verdict: pagerduty.Verdict) => pagerdutyV1.answer(verdict, pagerduty.answer) },
} as const;

async function receiveEvent(at: At, format: keyof typeof EVENTS, { request, reply }: Call): Promise<FastifyReply> {
  const { desk } = at;
  const answer = (verdict: pagerduty.Verdict) => {
    const { status, body } = EVENTS[format].answer(verdict);
    return reply.code(status).send(body);
  };
  const sent = eventText(request);
  if ('kind' in sent) return answer(sent);
  const read = formats[format].readText(sent.text);
  if ('problem' in read) {
    await noteInvalid(at, sent.text, read.problem);
    return answer(read.problem);
  }
  const known = await sourceOfEvent(at, read.routingKey, { request, field: format === 'pagerduty' ? 'routing_key' : 'service_key' });
  if ('kind' in known) return answer(known);
  const [signal] = read.signals;
  const key = signal.key ?? uuidv7(desk.clock.now()).replaceAll('-', '');
  await accept(at, { sourceId: known.sourceId, format, body: sent.text, givenKey: signal.key === null ? key : null, signals: read.signals });
  return answer({ kind: 'accepted', key });
}

/** A change is on disk as a note when it is answered; it pages nobody. */
async function receiveChange(at: At, { request, reply }: Call): Promise<FastifyReply> {
  const answer = (verdict: Parameters<typeof change.answer>[0]) => {
    const { status, body } = change.answer(verdict, pagerduty.answer);
    return reply.code(status).send(body);
  };
  const sent = eventText(request);
  if ('kind' in sent) return answer(sent);
  const json = jsonOf(sent.text);
  const read = 'sentence' in json ? { problem: { kind: 'unrecognised' as const } } : change.read(json.json);
  if ('problem' in read) {
    await noteInvalid(at, sent.text, read.problem);
    return answer(read.problem);
  }
  const known = await sourceOfEvent(at, read.routingKey, { request, field: 'routing_key' });
  if ('kind' in known) return answer(known);
  await noteChange(at.desk, known.sourceId, read.change);
  return answer({ kind: 'noted' });
}

/** An event that is not accepted is said at its source, when the key in it names one. */
async function noteInvalid(at: At, text: string, problem: pagerduty.Problem): Promise<void> {
  const read = jsonOf(text);
  const fields = 'json' in read ? plainFields(read.json) : null;
  if (problem.kind !== 'invalid' || !fields) return;
  const sourceId = await sourceOf(at, firstOf(fields, 'routing_key', 'service_key'));
  if (sourceId) await noteRefusal(at.desk, sourceId, problem.errors.join('. '));
}

function eventText(request: FastifyRequest): { readonly text: string } | Extract<pagerduty.Verdict, { kind: 'invalid' | 'unrecognised' }> {
  const body = textOf(request);
  if ('sentence' in body) return { kind: 'unrecognised' };
  if (body.text.length > pagerduty.largestEvent) return { kind: 'invalid', errors: ['Event is larger than 512 KB'] };
  return tooDeep(body.text) ? { kind: 'unrecognised' } : body;
}

async function sourceOfEvent(at: At, key: string, { request, field }: { request: FastifyRequest; field: string }): Promise<{ readonly sourceId: string } | pagerduty.Verdict> {
  const { desk, door } = at;
  const sourceId = await sourceOf(at, key);
  if (sourceId) return isOver(at, sourceId) ? { kind: 'limited' } : { sourceId };
  return door.unknown.take(request.ip, desk.clock.now()) > 0 ? { kind: 'limited' } : { kind: 'invalid', errors: [`'${field}' is not known to this desk or has been revoked`] };
}

/** incident.io and the senders made for it: the key is the id in the address or the token beside it. These try again after 429 and 5xx only. */
async function receiveIncidentIo(at: At, { request, reply }: Call): Promise<FastifyReply> {
  const { kind, key } = request.params as { kind: string; key: string };
  const sourceId = (await sourceOf(at, key)) ?? (await sourceOf(at, tokenOf(request)));
  if (!sourceId) return refuseKey(at, request, reply);
  if (isOver(at, sourceId)) return reply.code(429).header('retry-after', '10').send({ message: 'Too many messages with this key. Please retry later.' });
  const body = textOf(request);
  if ('sentence' in body) return refuse(at, reply, { sourceId, status: body.status, sentence: body.sentence });
  const read = jsonOf(body.text);
  if ('sentence' in read) return refuse(at, reply, { sourceId, status: 400, sentence: read.sentence });
  const format = kind === 'alertmanager' ? 'alertmanager' : 'incidentio';
  const checked = formats[format].read(read.json);
  if ('problem' in checked) return refuse(at, reply, { sourceId, status: 422, sentence: checked.problem.sentence });
  await accept(at, { sourceId, format, body: body.text, givenKey: null });
  return reply.code(202).send(incidentio.answer(read.json));
}

/** GoAlert's generic integration: the token stands in the query, what is said there too, in a form or in JSON. */
async function receiveGoAlert(at: At, { request, reply }: Call): Promise<FastifyReply> {
  const { key } = request.params as { key?: string };
  const sourceId = await sourceOf(at, key ?? tokenOf(request));
  if (!sourceId) return refuseKey(at, request, reply);
  if (isOver(at, sourceId)) return busy(reply);
  const body = textOf(request);
  if ('sentence' in body) return refuse(at, reply, { sourceId, status: body.status, sentence: body.sentence });
  const { token: _, ...query } = request.query as Record<string, unknown>;
  const read = fieldsOf(body.text, String(request.headers['content-type'] ?? ''), query);
  if ('sentence' in read) return refuse(at, reply, { sourceId, status: 400, sentence: read.sentence });
  const checked = goalert.read(read.json);
  if ('problem' in checked) return refuse(at, reply, { sourceId, status: 400, sentence: checked.problem.sentence });
  await accept(at, { sourceId, format: 'goalert', body: JSON.stringify(read.json), givenKey: null });
  return reply.code(goalert.acceptedStatus).send();
}

function tokenOf(request: FastifyRequest): string {
  const { token } = request.query as { token?: unknown };
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return typeof token === 'string' ? token : (bearer ?? '');
}

/** These senders drop a message on 4xx, so being over the limit is told with a status they retry. */
function busy(reply: FastifyReply): FastifyReply {
  return reply.code(503).header('retry-after', '10').send({ message: 'Too many messages with this key. Please retry later.' });
}

/** A final answer to a sender that is known: its source says so too. */
async function refuse({ desk }: At, reply: FastifyReply, what: { readonly sourceId: string; readonly status: number; readonly sentence: string }): Promise<FastifyReply> {
  await noteRefusal(desk, what.sourceId, what.sentence);
  return reply.code(what.status).send({ message: what.sentence });
}

function refuseKey({ desk, door }: At, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (door.unknown.take(request.ip, desk.clock.now()) > 0) return reply.code(429).header('retry-after', '60').send({ message: 'Too many messages with unknown keys.' });
  return reply.code(404).send({ message: 'This key is unknown or was revoked. Make a new one under Alert sources.' });
}
