import type { FastifyInstance } from 'fastify';
import { isUnavailable } from '#kernel/database.ts';
import type { Desk } from '#kernel/desk.ts';
import { rateLimit } from '#kernel/limits.ts';
import { takeBeat } from './beats.ts';
import { longestBody, pingPath } from './rules/index.ts';

/** Larger bodies are refused; of those that come in only the beginning is kept. Bytes. */
const BODY_MOST = 1024 * 1024;

/** `/ping/{key}[/start|/fail|/log|/{exit status}]`, as Healthchecks answers it: any content type, plain text back. */
export function pingRoutes(app: FastifyInstance, desk: Desk): void {
  const limit = rateLimit({ burst: 20, perMinute: 300 });
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_MOST }, (_request, body, done) => done(null, body));
    scope.route({
      method: ['GET', 'HEAD', 'POST'],
      url: '/ping/*',
      bodyLimit: BODY_MOST,
      exposeHeadRoute: false,
      handler: async (request, reply) => {
        reply.type('text/plain; charset=utf-8');
        const found = pingPath(request.url.split('?')[0] ?? '');
        if (!found) return reply.code(404).send('not found');
        const wait = limit.take(found.checkId, desk.clock.now());
        if (wait > 0) return reply.code(429).header('retry-after', String(wait)).send('rate limited');
        const { rid } = request.query as { rid?: string | string[] };
        const outcome = await takeBeat(desk, {
          key: found.checkId,
          path: found.path,
          method: request.method,
          body: textOf(request.body),
          runId: Array.isArray(rid) ? (rid[0] ?? null) : (rid ?? null),
          address: request.ip,
        }).catch((error: unknown) => {
          if (isUnavailable(error)) return 'unavailable' as const;
          throw error;
        });
        if (outcome === 'unavailable') return reply.code(503).header('retry-after', '5').send('the desk cannot store this now; try again');
        if (!outcome) return reply.code(404).send('not found');
        return reply.code(outcome.http).send(outcome.answer);
      },
    });
  });
}

/** PostgreSQL's text takes no NUL; bytes that are no UTF-8 become replacement characters. */
function textOf(body: unknown): string {
  if (!Buffer.isBuffer(body)) return '';
  return body
    .subarray(0, longestBody * 4)
    .toString('utf8')
    .replaceAll('\0', '\uFFFD');
}
