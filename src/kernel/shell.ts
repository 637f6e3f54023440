import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Desk } from './desk.ts';
import { secret } from './ids.ts';
import { Problem } from './problem.ts';

export const PAGES_DIR = join(import.meta.dirname, '../../dist/web');

/** The content security policy of every page (decision 17). */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** A whole page from the desk itself, under the same policy; the nonce replaces `__NONCE__`. */
export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  const nonce = secret(16);
  return reply
    .headers({ 'content-security-policy': contentSecurityPolicy(nonce), 'x-frame-options': 'DENY' })
    .type('text/html; charset=utf-8')
    .send(html.replaceAll('__NONCE__', nonce));
}

/** The app: its built files, kept for ever by their hashed names, and one page for every address that is not a file. */
export function shellRoutes(app: FastifyInstance, desk: Desk): void {
  const page = join(PAGES_DIR, 'index.html');
  const built = existsSync(page);
  if (built) {
    const common = { index: false, preCompressed: true, cacheControl: false } as const;
    void app.register(fastifyStatic, {
      ...common,
      root: join(PAGES_DIR, 'assets'),
      prefix: '/assets/',
      setHeaders: (reply) => {
        reply.header('cache-control', 'public, max-age=31536000, immutable');
      },
    });
    void app.register(fastifyStatic, {
      ...common,
      root: PAGES_DIR,
      wildcard: false,
      globIgnore: ['assets/**'],
      decorateReply: false,
      setHeaders: (reply) => {
        reply.header('cache-control', 'no-cache');
      },
    });
  } else {
    desk.log.warn('The pages are not built (npm run build): only the API answers.');
  }
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (!wantsPage || !built) throw new Problem('missing', `There is nothing at ${request.url.split('?')[0]}.`);
    return sendPage(reply, readFileSync(page, 'utf8'));
  });
}
