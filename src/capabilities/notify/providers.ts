import { iso } from '#kernel/clock.ts';
import { jsonb, type Db } from '#kernel/database.ts';
import type { Desk, Write } from '#kernel/desk.ts';
import { freshPushKeys } from './channels/push-keys.ts';
import { ProvidersShape, type Providers } from './contract/providers.ts';

const NAME = 'notify.providers';
const NONE: Providers = {};

interface Known {
  readonly sealed: string;
  readonly providers: Providers;
}

const known = new WeakMap<Desk, Known>();

/** Accounts that the desk has at providers, as last read: whoever sends or shows contacts has read them before. */
export function providersOf(desk: Desk): Providers {
  return known.get(desk)?.providers ?? NONE;
}

/** Reads the accounts anew; another node may have changed them. */
export async function readProviders({ db, desk }: { readonly db: Db; readonly desk: Desk }): Promise<Providers> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', NAME).executeTakeFirst();
  const sealed = typeof row?.value === 'string' ? row.value : '';
  const before = known.get(desk);
  if (before?.sealed === sealed) return before.providers;
  const providers = sealed === '' ? NONE : ProvidersShape.parse(JSON.parse(desk.vault.decrypt(sealed)));
  known.set(desk, { sealed, providers });
  return providers;
}

/** Keeps accounts, encrypted as a whole. */
export async function keepProviders(ctx: Write, providers: Providers): Promise<void> {
  const value = jsonb(ctx.desk.vault.encrypt(JSON.stringify(providers)));
  await ctx.db
    .insertInto('setting')
    .values({ name: NAME, value, changedAt: iso(ctx.now) })
    .onConflict((c) => c.column('name').doUpdateSet({ value, changedAt: iso(ctx.now) }))
    .execute();
  await readProviders(ctx);
}

/** The keys by which push services know this desk (RFC 8292), made once: another pair would make every subscription useless. */
export async function pushKeys(ctx: Write): Promise<NonNullable<Providers['push']>> {
  const providers = await readProviders(ctx);
  if (providers.push) return providers.push;
  const push = freshPushKeys();
  await keepProviders(ctx, { ...providers, push });
  return push;
}

/** Whether people and providers can reach this desk from elsewhere by the address it gives out. */
export function hasPublicAddress(desk: Desk): boolean {
  return !['127.0.0.1', 'localhost', '[::1]'].includes(new URL(desk.config.publicUrl).hostname);
}
