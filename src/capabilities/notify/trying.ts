import { iso } from '#kernel/clock.ts';
import { jsonb, type Db } from '#kernel/database.ts';
import type { Job } from '#kernel/desk.ts';
import type { OutgoingAnswer } from '#kernel/outgoing.ts';
import { PROVIDERS, type ProviderName, type Providers } from './contract/providers.ts';
import { readProviders } from './providers.ts';

type Tried = Readonly<Partial<Record<ProviderName, { readonly at: string; readonly ok: boolean; readonly sentence: string }>>>;
const TRIED = 'notify.tried';

/** What the last test of each account found. */
export async function triedProviders(db: Db): Promise<Tried> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', TRIED).executeTakeFirst();
  return row?.value ?? {};
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
    const value = jsonb({ ...(await triedProviders(ctx.db)), [provider]: { at: iso(ctx.now), ...found } });
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
