import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Desk } from '#kernel/desk.ts';
import { rateLimit } from '#kernel/limits.ts';
import { canUse, confirm, follow, leave, refuseAddress } from '../following.ts';
import { notePage } from '../rules/index.ts';
import type { Channel } from '../store/index.ts';
import { placesOf } from './built.ts';
import { nothing, opened, type Asked } from './opened.ts';
import { servedPage, type Served } from './snapshot.ts';

const CHANNELS: readonly Channel[] = ['email', 'webhook', 'slack'];
type At = { Params: { slug: string; token: string } };

/** Forms and links of those who follow a page. They work without script, and tell nobody who follows. */
export function followRoutes(app: FastifyInstance, desk: Desk): void {
  const byAddress = rateLimit({ burst: 10, perMinute: 5 });
  const byPage = rateLimit({ burst: 200, perMinute: 60 });

  function note({ reply }: Pick<Asked, 'reply'>, page: Served, what: { title: string; text: string; button?: string; code?: number }): FastifyReply {
    const places = placesOf(desk, page.view.slug, page.secret);
    return reply
      .code(what.code ?? 200)
      .headers({ 'content-security-policy': `${page.policy}; frame-ancestors 'none'`, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
      .type('text/html; charset=utf-8')
      .send(notePage({ view: page.view, places }, what));
  }
  function hurried({ request, reply }: Asked, page: Served): FastifyReply | undefined {
    const wait = byAddress.take(request.ip, desk.clock.now()) || byPage.take(page.id, desk.clock.now());
    return wait === 0
      ? undefined
      : note({ reply: reply.header('retry-after', String(wait)) }, page, {
          code: 429,
          title: 'Too many requests',
          text: 'Too many came from here. Wait a few minutes and try again.',
        });
  }

  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 50_000 }, (_request, body, done) =>
      done(null, new URLSearchParams(String(body))),
    );
    // Mail programs send their one click as multipart (RFC 8058); what is in it is not needed.
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 50_000 }, (_request, _body, done) => done(null, new URLSearchParams()));

    scope.post<{ Params: { slug: string } }>('/status/:slug/follow', async (request, reply) => {
      const page = await opened(desk, request.params.slug, request);
      if (!page) return nothing(reply);
      const refused = hurried({ request, reply }, page);
      if (refused) return refused;
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      const channel = CHANNELS.find((one) => one === form.get('channel'));
      const address = form.get('address')?.trim() ?? '';
      const refusal = channel ? refuseAddress(channel, address) : 'Choose e-mail, webhook or Slack.';
      if (!channel || refusal !== undefined) return note({ reply }, page, { code: 422, title: 'This does not work yet', text: refusal ?? '' });
      // Only a machine fills in what people do not see.
      if ((form.get('website') ?? '') === '') await follow(desk, { pageId: page.id, channel, address, components: form.getAll('component').slice(0, 500) });
      return note({ reply }, page, {
        title: 'Look at your messages',
        text: 'A message is on its way to the address you gave. Open the link in it and confirm; only then you follow this page.',
      });
    });

    const ended = { title: 'This link has ended', text: 'Ask to follow the page once more: you get a new message.' };
    scope.get<At>('/status/:slug/confirm/:token', async (request, reply) => {
      const page = await opened(desk, request.params.slug, request);
      if (!page) return nothing(reply);
      if (!(await canUse(desk, 'confirm', request.params.token))) return note({ reply }, page, ended);
      return note({ reply }, page, { title: 'Follow this page?', text: `You get a message when something changes on “${page.view.title}”.`, button: 'Yes, follow' });
    });
    scope.post<At>('/status/:slug/confirm/:token', async (request, reply) => {
      const page = await opened(desk, request.params.slug, request);
      if (!page) return nothing(reply);
      const done = await confirm(desk, page.id, request.params.token);
      return note({ reply }, page, done ? { title: 'You follow this page', text: 'You get a message when something changes. Each one has a link that ends it.' } : ended);
    });
    // Whoever wants no more messages gets none, also when the page was hidden, made private or moved meanwhile.
    const left = { title: 'You get nothing more', text: 'Your address was deleted. You can follow this page again at any time.' };
    const answer = (reply: FastifyReply, slug: string, what: { title: string; text: string; button?: string }) => {
      const page = servedPage(desk, slug);
      return page?.published && page.view.access === 'public' ? note({ reply }, page, what) : plainNote(reply, what);
    };
    scope.get<At>('/status/:slug/leave/:token', async (request, reply) => {
      const { slug, token } = request.params;
      if (!(await canUse(desk, 'leave', token))) return answer(reply, slug, left);
      return answer(reply, slug, { title: 'Get no more messages?', text: 'The messages end, and your address is deleted.', button: 'End the messages' });
    });
    scope.post<At>('/status/:slug/leave/:token', async (request, reply) => {
      await leave(desk, request.params.token);
      return answer(reply, request.params.slug, left);
    });
  });
}

/** The same words without anything of the page. */
function plainNote(reply: FastifyReply, { title, text, button }: { title: string; text: string; button?: string }): FastifyReply {
  const form = button === undefined ? '' : `<form method="post"><button>${button}</button></form>`;
  return reply
    .headers({ 'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'", 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><h1>${title}</h1><p>${text}</p>${form}</html>`,
    );
}
