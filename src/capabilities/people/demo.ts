import type { FastifyInstance } from 'fastify';
import { writeAs } from '#kernel/act.ts';
import { iso } from '#kernel/clock.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { sha256 } from '#kernel/ids.ts';
import { SYSTEM, type Role } from '#kernel/permissions.ts';
import { missing } from '#kernel/problem.ts';
import { openSession } from './identity.ts';
import * as store from './store.ts';

/** A person of the sample organisation: active, without a password. */
export async function joinForDemo(
  ctx: Write,
  person: { readonly name: string; readonly email: string; readonly role: Role; readonly zone: string; readonly jobTitle: string },
): Promise<{ id: string; number: string }> {
  const { id, number } = await ctx.open({ kind: 'person', title: person.name, words: person.email, did: 'person.joined', data: { role: person.role } });
  await store
    .tables(ctx.db)
    .insertInto('peoplePerson')
    .values({
      id,
      email: person.email,
      role: person.role,
      state: 'active',
      zone: person.zone,
      jobTitle: person.jobTitle,
      phone: '',
      password: null,
      totpSecret: null,
      totpPending: null,
      totpLastStep: null,
      createdAt: iso(ctx.now),
    })
    .execute();
  return { id, number };
}

/** `/demo/…` signs in as the sample administrator; only a desk that runs the sample organisation has the address. */
export function demoRoutes(app: FastifyInstance, desk: Desk): void {
  if (!desk.config.demo) return;
  app.get('/demo/:token', async (request, reply) => {
    const { token } = request.params as { token: string };
    const cookie = await writeAs(desk, SYSTEM, async (ctx) => {
      const ticket = await store
        .tables(ctx.db)
        .selectFrom('peopleTicket')
        .select('personId')
        .where('tokenHash', '=', sha256(token))
        .where('purpose', '=', 'demo')
        .where('expiresAt', '>', iso(ctx.now))
        .executeTakeFirst();
      if (!ticket?.personId) throw missing('This link');
      await ctx.record({ record: ticket.personId, did: 'person.signedIn', actorId: ticket.personId, data: { address: request.ip } });
      return openSession(ctx, ticket.personId, { address: request.ip, agent: request.headers['user-agent'] ?? '' });
    });
    return reply.header('set-cookie', cookie).redirect('/');
  });
}
