import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Desk } from '#kernel/desk.ts';
import { rateLimit } from '#kernel/limits.ts';
import { uptimeOfMany } from './history.ts';
import { badgeOf, publicState, shownState, WIDGET_STYLE, widgetOf, type PublicView } from './rules/index.ts';
import { aroundOf, toldOf } from './shown.ts';
import * as store from './store/index.ts';

const DAYS = 90;
const FRESH_SECONDS = 60;
const MOST_KEPT = 1000;
const STYLE_HASH = createHash('sha256').update(WIDGET_STYLE).digest('base64');
/** The one place that other sites may put into a frame (decision 17). It runs nothing and loads nothing. */
const POLICY = (style: string) => `default-src 'none'; style-src ${style}; base-uri 'none'; form-action 'none'; frame-ancestors *`;

interface Kept {
  readonly at: number;
  readonly view: PublicView;
}

/** `/embed/badge/{token}.svg` and `/embed/check/{token}`: what a lead has made public of a check, and nothing else. */
export function embedRoutes(app: FastifyInstance, desk: Desk): void {
  const limit = rateLimit({ burst: 200, perMinute: 1200 });
  const kept = new Map<string, Kept>();

  async function viewOf(token: string): Promise<PublicView | undefined> {
    const row = await store.byToken(desk.readDb, token);
    if (!row) return undefined;
    const now = desk.clock.now();
    const name = `${token} ${row.publicName} ${row.showsReason}`;
    const known = kept.get(name);
    if (known && now - known.at < FRESH_SECONDS * 1000) return known.view;
    const told = toldOf(row, await aroundOf({ db: desk.readDb, now }, [row]));
    const uptime = (await uptimeOfMany({ db: desk.readDb, now }, [row], DAYS)).get(row.id);
    const state = publicState(shownState(told, now));
    const view = { name: row.publicName, state, share: uptime?.share ?? null, reason: row.showsReason && state === 'down' ? row.reason : '', days: uptime?.days ?? [] };
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(name, { at: now, view });
    return view;
  }
  async function answer(
    request: FastifyRequest,
    { reply, ending }: { readonly reply: FastifyReply; readonly ending: RegExp },
    draw: (view: PublicView) => { readonly type: string; readonly style: string; readonly body: string },
  ): Promise<FastifyReply> {
    reply
      .headers({ 'content-security-policy': POLICY("'none'"), 'cross-origin-resource-policy': 'cross-origin', 'referrer-policy': 'no-referrer' })
      .type('text/plain; charset=utf-8');
    const wait = limit.take(request.ip, desk.clock.now());
    if (wait > 0) return reply.code(429).header('retry-after', String(wait)).send('Too many requests. Try again in a moment.');
    const { file } = request.params as { file: string };
    const [, token] = ending.exec(file) ?? [];
    const view = token === undefined ? undefined : await viewOf(token);
    if (!view) return reply.code(404).send('There is nothing here, or not any more.');
    const { type, style, body } = draw(view);
    return reply
      .headers({ 'content-security-policy': POLICY(style), 'cache-control': `public, max-age=${FRESH_SECONDS}` })
      .type(type)
      .send(body);
  }
  app.get('/embed/badge/:file', (request, reply) =>
    answer(request, { reply, ending: /^([\w-]{20,60})\.svg$/ }, (view) => {
      const { show } = request.query as { show?: unknown };
      return { type: 'image/svg+xml; charset=utf-8', style: "'none'", body: badgeOf(view, show === 'uptime' ? 'uptime' : 'state') };
    }),
  );
  app.get('/embed/check/:file', (request, reply) =>
    answer(request, { reply, ending: /^([\w-]{20,60})$/ }, (view) => ({ type: 'text/html; charset=utf-8', style: `'sha256-${STYLE_HASH}'`, body: widgetOf(view) })),
  );
}
