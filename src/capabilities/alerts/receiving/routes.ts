import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isUnavailable } from '#kernel/database.ts';
import type { Desk } from '#kernel/desk.ts';
import { tooDeep } from '#kernel/http.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { formats } from '../formats/index.ts';
import * as pagerduty from '../formats/pagerduty.ts';
import * as pagerdutyV1 from '../formats/pagerduty-v1.ts';
import { accept, openDoor, sourceOf, type At } from './door.ts';

const BODY_MOST = 1024 * 1024;
/** Senders whose key stands in the address and who send a list of alerts. */
const WEBHOOKS = ['alertmanager', 'grafana'] as const;

/** The addresses to which monitoring systems send. Stored first, then answered; worked off after that. */
export function ingestRoutes(app: FastifyInstance, desk: Desk): void {
  const door = openDoor();
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_MOST }, (_request, body, done) => done(null, body));
    for (const format of WEBHOOKS) scope.post(`/ingest/:key/${format}`, (request, reply) => receiveWebhook({ desk, door }, format, { request, reply }));
    for (const format of ['pagerduty', 'pagerdutyV1'] as const) scope.post(EVENTS[format].path, (request, reply) => receiveEvent({ desk, door }, format, { request, reply }));
    scope.setErrorHandler((error, request, reply) => {
      const status = (error as { statusCode?: number }).statusCode;
      if (status === 413) return reply.code(413).send({ status: 'invalid event', message: 'The body is larger than 1 MiB.' });
      request.log.error({ err: error }, 'a signal could not be stored; the sender is told to try again');
      if (isUnavailable(error)) return reply.code(503).header('retry-after', '5').send({ status: 'unavailable', message: 'It could not be stored. Please retry later.' });
      return reply.code(500).send({ status: 'error', message: 'It could not be stored. Please retry later.' });
    });
  });
}

async function receiveWebhook({ desk, door }: At, format: (typeof WEBHOOKS)[number], { request, reply }: { request: FastifyRequest; reply: FastifyReply }): Promise<FastifyReply> {
  const { key } = request.params as { key: string };
  const sourceId = await sourceOf({ desk, door }, key);
  if (!sourceId) return refuseKey({ desk, door }, request, reply);
  // These senders drop a message on 4xx, so being over the limit is told with a status it retries.
  if (door.perKey.take(sourceId, desk.clock.now()) > 0)
    return reply.code(503).header('retry-after', '10').send({ message: 'Too many messages with this key. Please retry later.' });
  const body = textOf(request);
  const read = readJson(body);
  const checked = read === undefined ? { problem: { sentence: 'The body is not JSON that can be read.' } } : formats[format].read(read);
  if ('problem' in checked) return reply.code(400).send({ message: checked.problem.sentence });
  await accept({ desk, door }, { sourceId, format, body, givenKey: null });
  return reply.code(202).send({ status: 'accepted', alerts: checked.signals.length, refused: checked.refused });
}

/** Both versions of PagerDuty's events: the key stands in the body, and the answers are word for word the original's. */
const EVENTS = {
  pagerduty: { path: '/v2/enqueue', answer: pagerduty.answer },
  pagerdutyV1: { path: '/generic/2010-04-15/create_event.json', answer: (verdict: pagerduty.Verdict) => pagerdutyV1.answer(verdict, pagerduty.answer) },
} as const;

async function receiveEvent({ desk, door }: At, format: keyof typeof EVENTS, { request, reply }: { request: FastifyRequest; reply: FastifyReply }): Promise<FastifyReply> {
  const answer = (verdict: pagerduty.Verdict) => {
    const { status, body } = EVENTS[format].answer(verdict);
    return reply.code(status).send(body);
  };
  const body = textOf(request);
  if (body.length > pagerduty.largestEvent) return answer({ kind: 'invalid', errors: ['Event is larger than 512 KB'] });
  const read = tooDeep(body) ? { problem: { kind: 'unrecognised' as const } } : formats[format].readText(body);
  if ('problem' in read) return answer(read.problem);
  const sourceId = await sourceOf({ desk, door }, read.routingKey);
  if (!sourceId)
    return door.unknown.take(request.ip, desk.clock.now()) > 0
      ? answer({ kind: 'limited' })
      : answer({ kind: 'invalid', errors: [`'${format === 'pagerduty' ? 'routing_key' : 'service_key'}' is not known to this desk or has been revoked`] });
  if (door.perKey.take(sourceId, desk.clock.now()) > 0) return answer({ kind: 'limited' });
  const [signal] = read.signals;
  const key = signal.key ?? uuidv7(desk.clock.now()).replaceAll('-', '');
  await accept({ desk, door }, { sourceId, format, body, givenKey: signal.key === null ? key : null });
  return answer({ kind: 'accepted', key });
}

function refuseKey({ desk, door }: At, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (door.unknown.take(request.ip, desk.clock.now()) > 0) return reply.code(429).header('retry-after', '60').send({ message: 'Too many messages with unknown keys.' });
  return reply.code(404).send({ message: 'This key is unknown or was revoked. Make a new one under Alert sources.' });
}

/** The body as its content-type parser left it: text, whatever the sender called it. */
function textOf(request: FastifyRequest): string {
  return typeof request.body === 'string' ? request.body : '';
}

function readJson(body: string): unknown {
  if (tooDeep(body)) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
