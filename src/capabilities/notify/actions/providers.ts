import { iso } from '#kernel/clock.ts';
import { jsonb } from '#kernel/database.ts';
import type { Actions, Job, Read, Write } from '#kernel/desk.ts';
import { allow, invalidField, Problem } from '#kernel/problem.ts';
import type { OutgoingAnswer } from '#kernel/outgoing.ts';
import { PROVIDERS, providerShapes, type ProviderName, type Providers } from '../contract/providers.ts';
import type { notify } from '../contract.ts';
import { hasPublicAddress, keepProviders, readProviders } from '../providers.ts';

type Verbs = 'providers' | 'setProvider' | 'removeProvider' | 'tryProvider' | 'pushKey';
type Tried = Readonly<Partial<Record<ProviderName, { at: string; ok: boolean; sentence: string }>>>;
const TRIED = 'notify.tried';
const DEFAULTS: Readonly<Record<ProviderName, string>> = { twilio: 'https://api.twilio.com', telegram: 'https://api.telegram.org', matrix: '', slack: 'https://slack.com/api' };

export const providerActions: Pick<Actions<typeof notify>, Verbs> = {
  providers: (ctx) => shown(ctx),

  async pushKey(ctx) {
    const { push } = await readProviders(ctx);
    if (!push) throw new Problem('unavailable', 'Push has no keys yet. Start the desk once more.');
    return { publicKey: push.publicKey };
  },

  async setProvider(ctx, { provider, ...given }) {
    const before = await readProviders(ctx);
    const known: object = before[provider] ?? {};
    const blank = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''));
    const read = providerShapes[provider].safeParse({ ...known, ...blank });
    const issue = read.error?.issues[0];
    if (!read.success) throw invalidField(String(issue?.path[0] ?? 'token'), issue?.code === 'invalid_type' ? 'This is needed.' : (issue?.message ?? 'This is not valid.'));
    await keepProviders(ctx, { ...before, [provider]: read.data });
    await ctx.record({ record: null, did: 'provider.changed', data: { provider, set: true } });
    return shown(ctx);
  },

  async removeProvider(ctx, { provider }) {
    const before = await readProviders(ctx);
    allow(before[provider] ? undefined : 'There is no account to remove.');
    const { [provider]: _gone, ...rest } = before;
    await keepProviders(ctx, rest);
    await ctx.record({ record: null, did: 'provider.changed', data: { provider, set: false } });
    return shown(ctx);
  },

  async tryProvider(ctx, { provider }) {
    const before = await readProviders(ctx);
    allow(before[provider] ? undefined : 'Set the account first.');
    await ctx.enqueue('notify.tryProvider', { provider }, { attempts: 1 });
    await ctx.record({ record: null, did: 'provider.asked', data: { provider } });
    return { asked: true };
  },
};

async function shown(ctx: Read | Write) {
  const providers = await readProviders(ctx);
  const row = await ctx.db.selectFrom('setting').select('value').where('name', '=', TRIED).executeTakeFirst();
  const tried: Tried = row?.value ?? {};
  const base = ctx.desk.config.publicUrl;
  return {
    accounts: PROVIDERS.map((provider) => ({
      provider,
      set: providers[provider] !== undefined,
      baseUrl: providers[provider]?.baseUrl ?? DEFAULTS[provider],
      account: provider === 'twilio' ? (providers.twilio?.account ?? '') : '',
      from: provider === 'twilio' ? (providers.twilio?.from ?? '') : '',
      tried: tried[provider] ?? null,
      hooks: provider === 'twilio' && hasPublicAddress(ctx.desk) ? [{ label: 'A message comes in', url: `${base}/hooks/twilio/sms` }] : [],
    })),
  };
}

/** Asks a provider who this account is: nothing is sent to anybody. */
export async function tryProvider(job: Job): Promise<void> {
  const provider = PROVIDERS.find((one) => one === job.payload.provider);
  if (!provider) return;
  const providers = await job.read(readProviders);
  const question = questionOf(provider, providers);
  if (!question) return;
  const found = await job.desk.outgoing.request({ ...question, origin: 'trusted', timeoutMs: 10_000, keep: 4000 }).then(
    (answer) => verdictOf(answer),
    (error: unknown) => ({ ok: false, sentence: error instanceof Error ? error.message : String(error) }),
  );
  await job.write(async (ctx) => {
    const row = await ctx.db.selectFrom('setting').select('value').where('name', '=', TRIED).executeTakeFirst();
    const value = jsonb({ ...row?.value, [provider]: { at: iso(ctx.now), ...found } });
    await ctx.db
      .insertInto('setting')
      .values({ name: TRIED, value, changedAt: iso(ctx.now) })
      .onConflict((c) => c.column('name').doUpdateSet({ value, changedAt: iso(ctx.now) }))
      .execute();
    await ctx.record({ record: null, did: 'provider.tried', data: { provider, ok: found.ok } });
  });
}

function questionOf(provider: ProviderName, { twilio, telegram, matrix, slack }: Providers): { url: string; headers: Record<string, string> } | undefined {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  if (provider === 'twilio' && twilio) {
    const basic = Buffer.from(`${twilio.account}:${twilio.token}`).toString('base64');
    return { url: `${twilio.baseUrl}/2010-04-01/Accounts/${twilio.account}.json`, headers: { authorization: `Basic ${basic}` } };
  }
  if (provider === 'telegram' && telegram) return { url: `${telegram.baseUrl}/bot${telegram.token}/getMe`, headers: {} };
  if (provider === 'matrix' && matrix) return { url: `${matrix.baseUrl}/_matrix/client/v3/account/whoami`, headers: bearer(matrix.token) };
  if (provider === 'slack' && slack) return { url: `${slack.baseUrl}/auth.test`, headers: bearer(slack.token) };
  return undefined;
}

function verdictOf({ status, body }: Pick<OutgoingAnswer, 'status' | 'body'>): { ok: boolean; sentence: string } {
  const refused = status >= 300 || /"ok"\s*:\s*false/.test(body);
  if (refused) return { ok: false, sentence: `The provider refused the account (${status}${body ? `: ${body.replaceAll(/\s+/g, ' ').slice(0, 120)}` : ''}).` };
  const name = /"(?:username|user_id|friendly_name|user)"\s*:\s*"([^"]+)"/.exec(body)?.[1];
  return { ok: true, sentence: name === undefined ? 'The provider knows this account.' : `The provider knows this account as ${name}.` };
}
