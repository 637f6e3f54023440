import type { FastifyRequest } from 'fastify';
import type { Desk } from '#kernel/desk.ts';
import { cookieName } from '#kernel/http.ts';
import type { Actor } from '#kernel/permissions.ts';

/** Who is signed in in this browser; the kernel reads cookies only below /api. */
export async function signedIn(desk: Desk, request: FastifyRequest): Promise<Actor | null> {
  const name = cookieName(desk.config.publicUrl);
  const cookie = request.headers.cookie
    ?.split(';')
    .map((one) => one.trim())
    .find((one) => one.startsWith(`${name}=`));
  const actor = cookie === undefined ? null : await desk.authenticate({ cookie: cookie.slice(name.length + 1) });
  return actor?.role ? actor : null;
}
