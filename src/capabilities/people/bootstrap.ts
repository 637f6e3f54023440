import { sql } from 'kysely';
import { writeAs } from '#kernel/act.ts';
import { iso } from '#kernel/clock.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { sha256, uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { issueTicket, writeSeen } from './identity.ts';
import * as store from './store.ts';

export interface FirstAdmin {
  readonly name: string;
  readonly email: string;
  readonly zone: string;
  /** PHC string; null for an administrator who only has a token. */
  readonly password: string | null;
}

export async function joinAsAdmin(ctx: Write, admin: FirstAdmin): Promise<string> {
  const { id } = await ctx.open({ kind: 'person', title: admin.name, words: admin.email, did: 'person.joined', data: { role: 'admin' } });
  await store
    .tables(ctx.db)
    .insertInto('peoplePerson')
    .values({
      id,
      email: admin.email.toLowerCase(),
      role: 'admin',
      state: 'active',
      zone: admin.zone,
      jobTitle: '',
      phone: '',
      password: admin.password,
      totpSecret: null,
      totpPending: null,
      totpLastStep: null,
      createdAt: iso(ctx.now),
    })
    .execute();
  return id;
}

/** At each start: the bootstrap token if one is configured, and a fresh setup link while nobody can sign in. */
export async function startPeople(desk: Desk): Promise<() => Promise<void>> {
  await writeAs(
    desk,
    SYSTEM,
    async (ctx) => {
      await sql`select pg_advisory_xact_lock(4682)`.execute(ctx.db);
      if (desk.config.bootstrapToken) await bootstrap(ctx, desk.config.bootstrapToken);
      if (desk.config.demo || (await store.someoneCanSignIn(ctx.db))) return;
      await store.tables(ctx.db).deleteFrom('peopleTicket').where('purpose', '=', 'setup').execute();
      desk.state.setupLink = await issueTicket(ctx, { purpose: 'setup', personId: null, days: 7 });
    },
    'quiet',
  );
  const beat = setInterval(() => {
    writeSeen(desk).catch((error: unknown) => desk.log.warn({ err: error }, 'last-used instants were not written'));
  }, 15_000);
  return async () => {
    clearInterval(beat);
  };
}

/** The token of QD_BOOTSTRAP_TOKEN belongs to an administrator without a password; revoked in the app it stays revoked. */
async function bootstrap(ctx: Write, token: string): Promise<void> {
  const tokenHash = sha256(token);
  const known = await store.tables(ctx.db).selectFrom('peopleToken').select('id').where('tokenHash', '=', tokenHash).executeTakeFirst();
  if (known) return;
  const email = 'bootstrap@localhost';
  const earlier = await store.forSignIn(ctx.db, email);
  const personId = earlier?.id ?? (await joinAsAdmin(ctx, { name: 'Bootstrap administrator', email, zone: 'UTC', password: null }));
  const id = uuidv7(ctx.now);
  await store
    .tables(ctx.db)
    .insertInto('peopleToken')
    .values({
      id,
      personId,
      name: 'Bootstrap token',
      prefix: token.slice(0, 6),
      tokenHash,
      scopes: null,
      createdAt: iso(ctx.now),
      expiresAt: null,
      usedAt: null,
      revokedAt: null,
    })
    .execute();
  await ctx.record({ record: personId, did: 'token.created', data: { token: id, name: 'Bootstrap token' } });
}
