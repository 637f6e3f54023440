import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { isBadValue, isLostRace, isTaken, isUnavailable } from './database.ts';
import { uuidv7 } from './ids.ts';
import { NOBODY, type Actor } from './permissions.ts';
import { Problem } from './problem.ts';
import type { Credentials, Desk } from './desk.ts';

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor;
    credentials: Credentials;
    startedAt: number;
  }
}

const BODY_MOST = 1024 * 1024;
const DEPTH_MOST = 64;

/** The name of the session cookie; browsers refuse the __Host- prefix without HTTPS. */
export function cookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-qd' : 'qd';
}

export function actorOf(request: FastifyRequest): Actor {
  return request.actor;
}

/** The HTTP server with everything that is the same for all routes: identity, limits of the body, problems, log. */
export function openHttp(desk: Desk): FastifyInstance {
  const app = Fastify({
    loggerInstance: desk.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_MOST,
    forceCloseConnections: true,
    // A sender that trickles its request is cut off; a stream is not, because its beat keeps the socket awake.
    requestTimeout: 60_000,
    connectionTimeout: 120_000,
    http: { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    frameworkErrors: (error, request, reply) => {
      headers(reply as unknown as FastifyReply, request as unknown as FastifyRequest);
      void answerProblem(problemOf(error), { request: request as unknown as FastifyRequest, reply: reply as unknown as FastifyReply, cause: error });
    },
    genReqId: () => uuidv7(desk.clock.now()),
    requestIdHeader: false,
    trustProxy: desk.config.trustedProxies.length > 0 ? [...desk.config.trustedProxies] : false,
    routerOptions: { maxParamLength: 500 },
  }) as unknown as FastifyInstance;
  app.decorateRequest('actor');
  app.decorateRequest('credentials');
  app.decorateRequest('startedAt', 0);
  acceptJsonOnly(app);
  app.addHook('onRequest', async (request, reply) => {
    request.startedAt = performance.now();
    request.actor = NOBODY;
    request.credentials = {};
    headers(reply, request);
    if (desk.state.stopping) throw new Problem('unavailable', 'The desk is stopping. Try again in a moment.', { retryAfterSeconds: 5 });
    const path = request.url;
    if (!path.startsWith('/api/') && !path.startsWith('/attachments/')) return;
    request.credentials = credentialsOf(request, cookieName(desk.config.publicUrl));
    const client = { address: request.ip, agent: request.headers['user-agent'] ?? '' };
    request.actor = { ...(await identify(desk, request)), client };
    refuseForeignOrigin(desk, request);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const took = performance.now() - request.startedAt;
    const route = request.routeOptions.url ?? 'none';
    desk.metrics.requests.observe({ route, status: String(reply.statusCode) }, took / 1000);
    const level = reply.statusCode >= 500 ? 'error' : 'debug';
    request.log[level]({ method: request.method, route, status: reply.statusCode, ms: Math.round(took * 10) / 10, actor: request.actor.name }, 'request');
    done();
  });
  app.setErrorHandler((error, request, reply) => answerProblem(problemOf(error), { request, reply, cause: error }));
  return app;
}

/** Only JSON reaches a verb: a form or plain text could be sent by a foreign page without a preflight. */
function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (tooDeep(body as string)) return done(new Problem('invalid', `The body is nested deeper than ${DEPTH_MOST} levels.`, { status: 400 }));
    if (body === '') return done(null, {});
    return parse(request, body as string, done);
  });
}

/** True when brackets outside of strings nest deeper than any message of ours. */
export function tooDeep(json: string, most = DEPTH_MOST): boolean {
  if (json.length < most) return false;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i += 1) {
    const c = json.charCodeAt(i);
    if (inString) {
      if (c === 92) i += 1;
      else if (c === 34) inString = false;
    } else if (c === 34) inString = true;
    else if (c === 91 || c === 123) {
      if ((depth += 1) > most) return true;
    } else if (c === 93 || c === 125) depth -= 1;
  }
  return false;
}

function headers(reply: FastifyReply, request: FastifyRequest): void {
  reply.headers({
    'x-request-id': request.id,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  });
}

function credentialsOf(request: FastifyRequest, name: string): Credentials {
  const authorization = request.headers.authorization;
  if (authorization?.startsWith('Bearer ')) return { bearer: authorization.slice(7).trim() };
  const cookie = request.headers.cookie
    ?.split(';')
    .map((one) => one.trim())
    .find((one) => one.startsWith(`${name}=`));
  return cookie ? { cookie: cookie.slice(name.length + 1) } : {};
}

async function identify(desk: Desk, request: FastifyRequest): Promise<Actor> {
  const { bearer, cookie } = request.credentials;
  if (!bearer && !cookie) return NOBODY;
  const actor = await desk.authenticate(request.credentials);
  if (actor) return actor;
  if (bearer) throw new Problem('unauthenticated', 'This API token is unknown, expired or revoked. Make a new one under Settings, API tokens.');
  return NOBODY;
}

/** A browser that carries a session may change things only from our own pages (decision: CSRF by origin). */
function refuseForeignOrigin(desk: Desk, request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const origin = request.headers.origin;
  const site = request.headers['sec-fetch-site'];
  if (request.credentials.bearer) return;
  const own = origin === undefined ? site === undefined || site === 'same-origin' || site === 'none' : sameOrigin(origin, desk.config.publicUrl, request);
  if (!own)
    throw new Problem(
      'forbidden',
      `This request came from ${origin ?? 'another site'}, but people use this desk at ${desk.config.publicUrl}. Set QD_PUBLIC_URL to the address in the browser.`,
    );
}

function sameOrigin(origin: string, publicUrl: string, request: FastifyRequest): boolean {
  if (origin === publicUrl) return true;
  const loopback = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+$/;
  return loopback.test(publicUrl) && loopback.test(origin) && origin.endsWith(`:${request.headers.host?.split(':').at(-1)}`);
}

function problemOf(error: unknown): Problem | null {
  if (error instanceof Problem) return error;
  const code = (error as { code?: string }).code ?? '';
  const status = (error as { statusCode?: number }).statusCode;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || status === 413)
    return new Problem('invalid', `The body is larger than ${BODY_MOST / 1024 / 1024} MiB. Send less, or attach a file.`, { status: 413 });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || status === 415) return new Problem('invalid', 'Send the body as application/json.', { status: 415 });
  if (code === 'FST_ERR_BAD_URL') return new Problem('invalid', 'The address cannot be read: a % in it must be followed by two hexadecimal digits.', { status: 400 });
  if (status === 403 || status === 404) return new Problem('missing', 'There is nothing at this address.');
  if (error instanceof SyntaxError || status === 400) return new Problem('invalid', 'The body is not JSON that can be read.', { status: 400 });
  if (isTaken(error)) return new Problem('conflict', 'Somebody did the same at this moment. Look at how it stands now and try again.');
  if (isBadValue(error)) return new Problem('invalid', 'A value in the request cannot be stored: a character that is not text, or a number or date out of range.');
  if (isLostRace(error)) return new Problem('unavailable', 'Too many changes of the same thing at once. Nothing was changed; try again in a moment.', { retryAfterSeconds: 1 });
  if (isUnavailable(error)) return new Problem('unavailable', 'The database does not answer. Nothing was changed; try again in a moment.', { retryAfterSeconds: 5 });
  return null;
}

function answerProblem(problem: Problem | null, to: { request: FastifyRequest; reply: FastifyReply; cause: unknown }): FastifyReply {
  const { request, reply, cause } = to;
  if (!problem) {
    request.log.error({ err: cause, route: request.routeOptions.url, actor: request.actor.name }, 'a bug: unexpected error');
    return reply
      .code(500)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: 'about:blank',
          kind: 'bug',
          title: 'Something is broken in the desk',
          status: 500,
          fields: [],
          sentence: `This is a fault of the desk, not yours. Nothing was changed. Tell an administrator the request id ${request.id}.`,
          instance: request.id,
        }),
      );
  }
  if (problem.kind === 'unavailable') request.log.warn({ err: cause }, problem.sentence);
  if (problem.extra.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.extra.retryAfterSeconds));
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problem.toBody(request.id)));
}
