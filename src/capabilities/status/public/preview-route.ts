import type { FastifyInstance } from 'fastify';
import type { Desk } from '#kernel/desk.ts';
import { homePage } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { placesOf, policyOf } from './built.ts';
import { signedIn } from './session.ts';
import { logoFor } from './snapshot.ts';
import { viewOf } from './view.ts';

type At = { Params: { number: string }; Querystring: { title?: string; about?: string; colour?: string } };

/** A page as it would look, published or not, with words and colours that are not saved yet; for leads, in a frame of the desk. */
export function previewRoute(app: FastifyInstance, desk: Desk): void {
  app.get<At>('/status-preview/:number', async (request, reply) => {
    const actor = await signedIn(desk, request);
    const page = actor ? await store.pageByNumber(desk.readDb, actor, request.params.number) : undefined;
    if (!page) return reply.code(404).type('text/plain').send('There is nothing here, or you are not signed in.');
    const { title, about, colour } = request.query;
    const logo = await logoFor(desk, page);
    const saved = await viewOf({ db: desk.readDb, now: desk.clock.now() }, page, logo ? 'preview' : null);
    const view = { ...saved, title: title ?? saved.title, about: about ?? saved.about, colour: /^#[0-9a-f]{6}$/i.test(colour ?? '') ? (colour ?? '') : saved.colour };
    const places = { ...placesOf(desk, page.slug, null), logo: logo ? `data:${logo.type};base64,${logo.body.toString('base64')}` : '' };
    return reply
      .headers({ 'content-security-policy': `${policyOf(view, "'none'")}; frame-ancestors 'self'`, 'cache-control': 'no-store' })
      .type('text/html; charset=utf-8')
      .send(homePage(view, places));
  });
}
