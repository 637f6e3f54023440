import { writeAs } from '#kernel/act.ts';
import { iso } from '#kernel/clock.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Desk, Write } from '#kernel/desk.ts';
import { sha256 } from '#kernel/ids.ts';
import { rateLimit } from '#kernel/limits.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { invalidField, missing, Problem } from '#kernel/problem.ts';
import type { people } from '../contract.ts';
import { cookie, forget, openSession } from '../identity.ts';
import { hashPassword, isPassword } from '../passwords.ts';
import { refusePassword } from '../rules.ts';
import * as store from '../store.ts';
import { joinAsAdmin } from '../bootstrap.ts';
import { acceptedStep } from '../totp.ts';

type SignIn = Pick<Actions<typeof people>, 'setUp' | 'signIn' | 'redeem' | 'peekLink' | 'signOut' | 'sessions' | 'endSession'>;

const byAddress = rateLimit({ burst: 20, perMinute: 10 });
const byAccount = rateLimit({ burst: 8, perMinute: 4 });

export const signInActions: SignIn = {
  async setUp(ctx, input) {
    const { db, desk } = ctx;
    const ticket = await ticketOf(ctx, input.token, ['setup']);
    if (await store.someoneCanSignIn(db)) throw new Problem('refused', 'This desk is set up already. Sign in, or ask an administrator for an invitation.');
    checkPassword(input.password, input);
    const id = await joinAsAdmin(ctx, { ...input, password: await hashPassword(input.password) });
    await useTicket(ctx, ticket.id);
    await db
      .insertInto('setting')
      .values({ name: 'organisation', value: jsonb(input.organisation), changedAt: iso(ctx.now) })
      .onConflict((c) => c.column('name').doUpdateSet({ value: jsonb(input.organisation), changedAt: iso(ctx.now) }))
      .execute();
    await ctx.record({ record: null, did: 'desk.setUp', actorId: id });
    desk.log.info({ email: input.email }, 'the desk was set up');
    return signedIn(ctx, id);
  },

  async signIn(ctx, { email, password, code }) {
    const { desk, actor, now } = ctx;
    const wait = Math.max(byAddress.take(`${desk.config.port} ${actor.client?.address}`, now), byAccount.take(`${desk.config.port} ${email}`, now));
    if (wait > 0) throw new Problem('limited', `Too many attempts. Try again in ${wait} s.`, { retryAfterSeconds: wait });
    const person = await store.forSignIn(ctx.db, email);
    const right = await isPassword(password, person?.state === 'active' ? person.password : null);
    if (!person || !right) {
      throw new Problem('unauthenticated', 'E-mail or password is wrong.', {
        afterwards: () => auditFailure(desk, actor, { personId: person?.id ?? null, why: 'wrong e-mail or password' }),
      });
    }
    if (person.totpSecret) {
      if (!code) {
        ctx.unchanged();
        return { needsCode: true };
      }
      await passSecondFactor(ctx, person, code);
    }
    return signedIn(ctx, person.id);
  },

  async redeem(ctx, { token, name, password, zone }) {
    const ticket = await ticketOf(ctx, token, ['invitation', 'reset', 'demo']);
    const person = await store.withSecrets(ctx.db, ticket.personId ?? '');
    if (person.state === 'left') throw new Problem('refused', 'This account has ended. Ask an administrator.');
    const shown = await store.byId(ctx.db, SYSTEM, person.id);
    checkPassword(password, { name: name ?? shown?.title ?? '', email: person.email });
    await store
      .tables(ctx.db)
      .updateTable('peoplePerson')
      .set({ password: await hashPassword(password), state: 'active', ...(zone ? { zone } : {}) })
      .where('id', '=', person.id)
      .execute();
    if (name) await ctx.amend(person.id, { title: name });
    await useTicket(ctx, ticket.id);
    await endSessions(ctx, person.id);
    const joined = person.state === 'invited';
    await ctx.record({ record: person.id, did: joined ? 'person.joined' : 'person.passwordChanged', actorId: person.id });
    return signedIn(ctx, person.id);
  },

  async peekLink(ctx, { token }) {
    const ticket = await findTicket(ctx.db, token, iso(ctx.now));
    if (!ticket) throw deadLink();
    const person = ticket.personId ? await store.byId(ctx.db, SYSTEM, ticket.personId) : undefined;
    return { purpose: ticket.purpose, name: person?.title ?? '', email: person?.email ?? '' };
  },

  async signOut(ctx) {
    const { actor, desk, db, now } = ctx;
    await store
      .tables(db)
      .updateTable('peopleSession')
      .set({ endedAt: iso(now) })
      .where('id', '=', actor.session ?? '')
      .execute();
    await ctx.record({ record: actor.id, did: 'person.signedOut' });
    forget(desk);
    return { setCookie: cookie(desk, '', 0) };
  },

  async sessions(ctx) {
    return { items: await openSessions(ctx) };
  },

  async endSession(ctx, { id }) {
    const { db, actor, now, desk } = ctx;
    const ended = await store
      .tables(db)
      .updateTable('peopleSession')
      .set({ endedAt: iso(now) })
      .where('id', '=', id)
      .where('personId', '=', actor.id ?? '')
      .where('endedAt', 'is', null)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) throw missing('This session');
    await ctx.record({ record: actor.id, did: 'person.sessionEnded', data: { session: id } });
    forget(desk);
    return { items: await openSessions(ctx) };
  },
};

export function checkPassword(password: string, about: { name: string; email: string }): void {
  const refusal = refusePassword(password, about);
  if (refusal) throw invalidField('password', refusal);
}

export async function endSessions(ctx: Write, personId: string, except = ''): Promise<void> {
  let from = store
    .tables(ctx.db)
    .updateTable('peopleSession')
    .set({ endedAt: iso(ctx.now) })
    .where('personId', '=', personId)
    .where('endedAt', 'is', null);
  if (except) from = from.where('id', '!=', except);
  await from.execute();
  forget(ctx.desk);
}

/** Checks a code or a recovery code; a used step or recovery code is not accepted again. */
export async function passSecondFactor(ctx: Write, person: { id: string; totpSecret: string | null; totpLastStep: number | null }, code: string): Promise<void> {
  const { db, desk, now, actor } = ctx;
  const step = acceptedStep(desk.vault.decrypt(person.totpSecret ?? ''), code, { now, lastStep: person.totpLastStep });
  if (step !== null) {
    await store.tables(db).updateTable('peoplePerson').set({ totpLastStep: step }).where('id', '=', person.id).execute();
    return;
  }
  const used = await store
    .tables(db)
    .updateTable('peopleRecoveryCode')
    .set({ usedAt: iso(now) })
    .where('personId', '=', person.id)
    .where('hash', '=', sha256(code.toLowerCase().replace(/[^a-z0-9]/g, '')))
    .where('usedAt', 'is', null)
    .executeTakeFirst();
  if (used.numUpdatedRows === 1n) {
    await ctx.record({ record: person.id, did: 'person.recoveryUsed', actorId: person.id });
    return;
  }
  throw new Problem('unauthenticated', 'This code is wrong or was used already. Wait for the next one, or use a recovery code.', {
    fields: [{ field: 'code', sentence: 'Wrong or used already.' }],
    afterwards: () => auditFailure(desk, actor, { personId: person.id, why: 'wrong code' }),
  });
}

async function signedIn(ctx: Write, personId: string) {
  const client = ctx.actor.client ?? { address: 'local', agent: '' };
  const setCookie = await openSession(ctx, personId, client);
  await ctx.record({ record: personId, did: 'person.signedIn', actorId: personId, data: { address: client.address, agent: client.agent.slice(0, 120) } });
  const row = await store.byId(ctx.db, SYSTEM, personId);
  const [person] = row ? await store.shown(ctx.db, [row]) : [];
  if (!person) throw missing('This person');
  return { person, setCookie };
}

/** Written on its own, because the refusal rolls the call's transaction back. */
async function auditFailure(desk: Desk, actor: Actor, what: { personId: string | null; why: string }): Promise<void> {
  await writeAs(desk, SYSTEM, (ctx) =>
    ctx.record({
      record: null,
      did: 'person.signInFailed',
      data: { person: what.personId, why: what.why, address: actor.client?.address ?? '' },
    }),
  );
}

async function findTicket(db: Write['db'], token: string, now: string) {
  return store.tables(db).selectFrom('peopleTicket').selectAll().where('tokenHash', '=', sha256(token)).where('usedAt', 'is', null).where('expiresAt', '>', now).executeTakeFirst();
}

async function ticketOf(ctx: Write, token: string, purposes: readonly string[]) {
  const ticket = await store
    .tables(ctx.db)
    .selectFrom('peopleTicket')
    .selectAll()
    .where('tokenHash', '=', sha256(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', iso(ctx.now))
    .forUpdate()
    .executeTakeFirst();
  if (!ticket || !purposes.includes(ticket.purpose)) throw deadLink();
  return ticket;
}

async function useTicket(ctx: Write, id: string): Promise<void> {
  await store
    .tables(ctx.db)
    .updateTable('peopleTicket')
    .set({ usedAt: iso(ctx.now) })
    .where('id', '=', id)
    .execute();
}

function deadLink(): Problem {
  return new Problem('refused', 'This link was used already or has expired. Ask an administrator for a new one; the setup link is printed anew at each start.');
}

async function openSessions({ db, actor, now }: { db: Write['db']; actor: Actor; now: number }) {
  const rows = await store
    .tables(db)
    .selectFrom('peopleSession')
    .select(['id', 'createdAt', 'seenAt', 'endsAt', 'address', 'agent'])
    .where('personId', '=', actor.id ?? '')
    .where('endedAt', 'is', null)
    .where('endsAt', '>', iso(now))
    .orderBy('seenAt', 'desc')
    .limit(100)
    .execute();
  return rows.map((row) => ({ ...row, current: row.id === actor.session }));
}
