import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Desk } from '#kernel/desk.ts';
import { equalSecrets } from '#kernel/ids.ts';
import { signedIn } from './session.ts';
import { servedPage, type Served } from './snapshot.ts';

const NOTHING =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Nothing here</title><p>There is nothing here, or not any more.</p></html>';

export interface Asked {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export function nothing(reply: FastifyReply): FastifyReply {
  return reply.code(404).header('content-security-policy', "default-src 'none'; frame-ancestors 'none'").type('text/html; charset=utf-8').send(NOTHING);
}

/** The page, if whoever asks may read it; a private one answers as if there were none. */
export async function opened(desk: Desk, slug: string, request: FastifyRequest): Promise<Served | undefined> {
  const page = servedPage(desk, slug);
  if (!page?.published) return undefined;
  return page.view.access === 'public' || (await mayRead(desk, page, request)) ? page : undefined;
}

async function mayRead(desk: Desk, page: Served, request: FastifyRequest): Promise<boolean> {
  if (page.view.access === 'link') {
    const { key } = request.query as { key?: unknown };
    return page.secret !== null && typeof key === 'string' && equalSecrets(key, page.secret);
  }
  return (await signedIn(desk, request)) !== null;
}
