import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { readAs, writeAs } from '#kernel/act.ts';
import { iso } from '#kernel/clock.ts';
import type { Desk } from '#kernel/desk.ts';
import { rateLimit } from '#kernel/limits.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import * as store from '../store/index.ts';
import { feedOfFile } from './address.ts';
import { calendarOf } from './duties.ts';

const HOUR = 3_600_000;

/** `/calendar/{token}.ics`: shifts of a month back and half a year ahead, computed at each reading. Programs that ask with the tag of last time get 304. */
export function feedRoutes(app: FastifyInstance, desk: Desk): void {
  const limit = rateLimit({ burst: 60, perMinute: 60 });
  app.get('/calendar/:file', async (request, reply) => {
    const now = desk.clock.now();
    const wait = limit.take(request.ip, now);
    if (wait > 0) return reply.code(429).header('retry-after', String(wait)).type('text/plain').send('Too many requests. Try again in a moment.');
    const id = feedOfFile(desk, (request.params as { file: string }).file);
    const text = id === null ? null : await readAs(desk, SYSTEM, (ctx) => calendarOf(ctx, id));
    if (id === null || text === null) return reply.code(404).type('text/plain').send('There is no calendar here, or not any more.');
    await writeAs(desk, SYSTEM, (ctx) => store.feedWasRead(ctx.db, id, { at: iso(now), before: iso(now - HOUR) }), 'quiet');
    // The stamp of each event is the time of reading: it alone is no change.
    const tag = `"${createHash('sha256')
      .update(text.replaceAll(/^DTSTAMP:.*$/gm, ''))
      .digest('base64url')
      .slice(0, 27)}"`;
    reply.headers({ etag: tag, 'cache-control': 'private, max-age=300', 'x-robots-tag': 'noindex' });
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    return reply.type('text/calendar; charset=utf-8').header('content-disposition', 'inline; filename="on-call.ics"').send(text);
  });
}
