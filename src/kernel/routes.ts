import type { FastifyInstance } from 'fastify';
import { act } from './act.ts';
import type { Verb } from './contract.ts';
import type { Desk } from './desk.ts';
import { actorOf } from './http.ts';
import { Problem } from './problem.ts';

/** One route per verb of every contract. */
export function verbRoutes(app: FastifyInstance, desk: Desk): void {
  for (const module of desk.modules) {
    for (const [name, verb] of Object.entries(module.contract.verbs)) {
      app.route({
        method: verb.method,
        url: `/api/v1${verb.path.replace(/\{(\w+)\}/g, ':$1')}`,
        handler: async (request, reply) => {
          const input = { ...(verb.method === 'GET' ? {} : bodyOf(request.body)), ...queryOf(verb, request.query), ...(request.params as object) };
          const key = request.headers['idempotency-key'];
          const answer = await act(desk, { module, name, verb }, input, {
            actor: actorOf(request),
            raw: input,
            ...(typeof key === 'string' && key.length <= 200 ? { idempotencyKey: key } : {}),
          });
          const cookie = (answer.body as { setCookie?: string } | null)?.setCookie;
          if (cookie !== undefined) {
            reply.header('set-cookie', cookie);
            delete (answer.body as { setCookie?: string }).setCookie;
          }
          return reply
            .code(answer.status)
            .type('application/json; charset=utf-8')
            .send(JSON.stringify(answer.body ?? null));
        },
      });
    }
  }
  app.all('/api/*', async (request) => {
    throw new Problem('missing', `There is no ${request.method} ${request.url.split('?')[0]}. All verbs are listed at /api/docs.`);
  });
}

function bodyOf(body: unknown): object {
  if (body === null || body === undefined) return {};
  if (typeof body !== 'object' || Array.isArray(body)) throw new Problem('invalid', 'The body must be a JSON object.', { status: 400 });
  return body;
}

function queryOf(verb: Verb, query: unknown): object {
  return verb.method === 'GET' ? (query as object) : {};
}
