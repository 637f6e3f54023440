import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Desk } from '#kernel/desk.ts';
import type { Body } from './built.ts';
import { followRoutes } from './follow-routes.ts';
import { previewRoute } from './preview-route.ts';
import { nothing, opened, type Asked } from './opened.ts';
import { servedPage, type Served } from './snapshot.ts';

/** Caches between may keep it for a moment and, when the desk is down, for a day; browsers ask each time, which costs a tag. */
const FRESH = 'public, max-age=0, s-maxage=15, stale-if-error=86400';
const PARTS = new Set(['history', 'feed.atom', 'feed.rss']);

function sendBody({ request, reply }: Asked, page: Served, body: Body): FastifyReply {
  const { headers } = request;
  reply.headers({
    etag: body.tag,
    vary: 'accept-encoding',
    'content-security-policy': `${page.policy}; frame-ancestors 'none'`,
    'cache-control': page.view.access === 'public' ? FRESH : 'private, no-store',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'cross-origin',
  });
  if (headers['if-none-match'] === body.tag) return reply.code(304).send();
  reply.type(body.type);
  return headers['accept-encoding']?.includes('gzip') ? reply.header('content-encoding', 'gzip').send(body.gzip) : reply.send(body.plain);
}

/** What outsiders read: from memory, without a query; a page for everybody is not even awaited. */
export function publicRoutes(app: FastifyInstance, desk: Desk): void {
  const serve = (asked: Asked, slug: string, find: (page: Served) => Body | null | undefined): FastifyReply | Promise<FastifyReply> => {
    const page = servedPage(desk, slug);
    if (page?.published && page.view.access === 'public') {
      const body = find(page);
      return body ? sendBody(asked, page, body) : nothing(asked.reply);
    }
    return opened(desk, slug, asked.request).then((private_) => {
      const body = private_ && find(private_);
      return private_ && body ? sendBody(asked, private_, body) : nothing(asked.reply);
    });
  };
  app.get<{ Params: { slug: string } }>('/status/:slug', (request, reply) => {
    const { slug } = request.params;
    const isJson = slug.endsWith('.json');
    return serve({ request, reply }, isJson ? slug.slice(0, -5) : slug, (page) => page.bodyAt(isJson ? 'json' : ''));
  });
  app.get<{ Params: { slug: string; part: string } }>('/status/:slug/:part', (request, reply) => {
    const { slug, part } = request.params;
    return serve({ request, reply }, slug, (page) => (part === 'logo' ? page.logo : PARTS.has(part) ? page.bodyAt(part) : undefined));
  });
  app.get<{ Params: { slug: string; number: string } }>('/status/:slug/posts/:number', (request, reply) =>
    serve({ request, reply }, request.params.slug, (page) => page.bodyAt(`posts/${request.params.number}`)),
  );
  followRoutes(app, desk);
  previewRoute(app, desk);
}
