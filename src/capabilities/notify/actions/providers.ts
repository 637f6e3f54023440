import type { Actions, Read, Write } from '#kernel/desk.ts';
import { allow, invalidField, Problem } from '#kernel/problem.ts';
import { PROVIDERS, providerShapes, type ProviderName } from '../contract/providers.ts';
import type { notify } from '../contract.ts';
import { hasPublicAddress, keepProviders, readProviders } from '../providers.ts';
import { triedProviders } from '../trying.ts';

type Verbs = 'providers' | 'setProvider' | 'removeProvider' | 'tryProvider' | 'pushKey';
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
  const tried = await triedProviders(ctx.db);
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
