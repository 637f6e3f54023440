import { randomBytes } from 'node:crypto';
import { iso } from '#kernel/clock.ts';
import type { Actions, Read } from '#kernel/desk.ts';
import { secret, sha256, uuidv7 } from '#kernel/ids.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField, missing, Problem } from '#kernel/problem.ts';
import { readVersion } from '#kernel/release.ts';
import type { people } from '../contract.ts';
import { forget } from '../identity.ts';
import { hashPassword, isPassword } from '../passwords.ts';
import { refuseScopes } from '../rules.ts';
import * as store from '../store.ts';
import { acceptedStep, newSecret, secretUri } from '../totp.ts';
import { checkPassword, endSessions, passSecondFactor } from './sign-in.ts';

type Account = Pick<
  Actions<typeof people>,
  'me' | 'updateMe' | 'changePassword' | 'beginSecondFactor' | 'confirmSecondFactor' | 'removeSecondFactor' | 'tokens' | 'createToken' | 'revokeToken'
>;

export const accountActions: Account = {
  async me(ctx) {
    const { db, actor, desk } = ctx;
    const row = actor.id ? await store.byId(db, actor, actor.id) : undefined;
    const [person] = row ? await store.shown(db, [row]) : [];
    const organisation = await db.selectFrom('setting').select('value').where('name', '=', 'organisation').executeTakeFirst();
    return {
      person: person ?? null,
      role: actor.role,
      setupNeeded: actor.id === null && !(await store.someoneCanSignIn(db)),
      permissions: permissionsOf(ctx),
      organisation: String(organisation?.value ?? ''),
      demo: desk.config.demo,
      version: readVersion(),
      publicUrl: desk.config.publicUrl,
    };
  },

  async updateMe(ctx, { name, ...profile }) {
    const { db, actor } = ctx;
    const id = actor.id ?? '';
    // The record first, as everywhere: two changes at once wait for each other instead of meeting crosswise.
    await ctx.expect(id, undefined);
    if (name) await ctx.amend(id, { title: name });
    if (Object.keys(profile).length > 0) await store.tables(db).updateTable('peoplePerson').set(profile).where('id', '=', id).execute();
    await ctx.record({ record: id, did: 'person.changed', data: { fields: Object.keys({ ...(name ? { name } : {}), ...profile }) } });
    forget(ctx.desk);
    const row = await store.byId(db, actor, id);
    const [person] = row ? await store.shown(db, [row]) : [];
    if (!person) throw missing('This person');
    return person;
  },

  async changePassword(ctx, { current, password }) {
    const person = await store.withSecrets(ctx.db, ctx.actor.id ?? '');
    if (!(await isPassword(current, person.password))) throw invalidField('current', 'This is not your current password.');
    checkPassword(password, { name: ctx.actor.name, email: person.email });
    await store
      .tables(ctx.db)
      .updateTable('peoplePerson')
      .set({ password: await hashPassword(password) })
      .where('id', '=', person.id)
      .execute();
    await endSessions(ctx, person.id, ctx.actor.session);
    await ctx.record({ record: person.id, did: 'person.passwordChanged' });
    return { done: true };
  },

  async beginSecondFactor(ctx, { password }) {
    const person = await store.withSecrets(ctx.db, ctx.actor.id ?? '');
    if (!(await isPassword(password, person.password))) throw invalidField('password', 'This is not your password.');
    allow(person.totpSecret ? 'A second factor is on already. Turn it off first.' : undefined);
    const fresh = newSecret();
    await store
      .tables(ctx.db)
      .updateTable('peoplePerson')
      .set({ totpPending: ctx.desk.vault.encrypt(fresh) })
      .where('id', '=', person.id)
      .execute();
    ctx.unchanged();
    return { secret: fresh, uri: secretUri(fresh, person.email, 'Quarterdeck') };
  },

  async confirmSecondFactor(ctx, { code }) {
    const { db, desk, now } = ctx;
    const person = await store.withSecrets(db, ctx.actor.id ?? '');
    if (!person.totpPending) throw new Problem('refused', 'Begin again: no second factor is waiting to be confirmed.');
    const step = acceptedStep(desk.vault.decrypt(person.totpPending), code, { now, lastStep: null });
    if (step === null) throw invalidField('code', 'This code is wrong. Check the clock of your phone and type the code that is shown now.');
    const codes = Array.from({ length: 10 }, () => randomBytes(5).toString('hex'));
    await store.tables(db).updateTable('peoplePerson').set({ totpSecret: person.totpPending, totpPending: null, totpLastStep: step }).where('id', '=', person.id).execute();
    await store.tables(db).deleteFrom('peopleRecoveryCode').where('personId', '=', person.id).execute();
    await store
      .tables(db)
      .insertInto('peopleRecoveryCode')
      .values(codes.map((one) => ({ personId: person.id, hash: sha256(one), usedAt: null })))
      .execute();
    await ctx.record({ record: person.id, did: 'person.secondFactorOn' });
    return { recoveryCodes: codes.map((one) => `${one.slice(0, 5)}-${one.slice(5)}`) };
  },

  async removeSecondFactor(ctx, { password, code }) {
    const person = await store.withSecrets(ctx.db, ctx.actor.id ?? '');
    if (!(await isPassword(password, person.password))) throw invalidField('password', 'This is not your password.');
    allow(person.totpSecret ? undefined : 'No second factor is on.');
    await passSecondFactor(ctx, person, code);
    await store.tables(ctx.db).updateTable('peoplePerson').set({ totpSecret: null, totpPending: null, totpLastStep: null }).where('id', '=', person.id).execute();
    await store.tables(ctx.db).deleteFrom('peopleRecoveryCode').where('personId', '=', person.id).execute();
    await ctx.record({ record: person.id, did: 'person.secondFactorOff' });
    return { done: true };
  },

  async tokens({ db, actor }) {
    const rows = await store
      .tables(db)
      .selectFrom('peopleToken')
      .select(TOKEN)
      .where('personId', '=', actor.id ?? '')
      .orderBy('createdAt', 'desc')
      .limit(200)
      .execute();
    return { items: rows };
  },

  async createToken(ctx, { name, scopes, expiresInDays }) {
    const { db, actor, now } = ctx;
    if (actor.via === 'token' && actor.scopes) throw new Problem('forbidden', 'A token with scopes cannot make further tokens. Sign in and make it there.');
    const refusal = refuseScopes(scopes, permissionsOf(ctx));
    if (refusal) throw invalidField('scopes', refusal);
    const token = `qd_${secret(30)}`;
    const item = {
      id: uuidv7(now),
      name,
      prefix: token.slice(0, 8),
      scopes: scopes ? [...scopes] : null,
      createdAt: iso(now),
      expiresAt: expiresInDays === null ? null : iso(now + expiresInDays * 86_400_000),
      usedAt: null,
      revokedAt: null,
    };
    await store
      .tables(db)
      .insertInto('peopleToken')
      .values({ ...item, personId: actor.id ?? '', tokenHash: sha256(token) })
      .execute();
    await ctx.record({ record: actor.id, did: 'token.created', data: { token: item.id, name, scopes } });
    return { token, item };
  },

  async revokeToken(ctx, { id }) {
    const { db, actor, now, desk } = ctx;
    const row = await store
      .tables(db)
      .updateTable('peopleToken')
      .set({ revokedAt: iso(now) })
      .where('id', '=', id)
      .where('personId', '=', actor.id ?? '')
      .where('revokedAt', 'is', null)
      .returning(TOKEN)
      .executeTakeFirst();
    if (!row) throw missing('This token');
    await ctx.record({ record: actor.id, did: 'token.revoked', data: { token: id, name: row.name } });
    forget(desk);
    return row;
  },
};

const TOKEN = ['id', 'name', 'prefix', 'scopes', 'createdAt', 'expiresAt', 'usedAt', 'revokedAt'] as const;

function permissionsOf({ desk, actor }: Read): string[] {
  return desk.modules.flatMap((m) => Object.keys(m.contract.permissions).filter((can) => !refusePermission(actor, can, m.contract.permissions)));
}
