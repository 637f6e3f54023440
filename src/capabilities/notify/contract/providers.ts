import * as z from 'zod';
import { instant } from '#kernel/contract.ts';

const url = z.url({ protocol: /^https?$/, message: 'Write an address such as https://api.example.com.' }).transform((all) => all.replace(/\/+$/, ''));
const secret = z.string().trim().min(1).max(400);
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'Write the number with its country, such as +4930123456.');

/** Accounts of the desk at providers. Secrets go in and never come out. */
const Twilio = z.object({
  baseUrl: url.default('https://api.twilio.com'),
  account: z.string().regex(/^AC[0-9a-f]{32}$/, 'The account begins with AC and has 34 characters.'),
  token: secret,
  from: phone,
});
const Telegram = z.object({ baseUrl: url.default('https://api.telegram.org'), token: z.string().regex(/^\d+:[\w-]{20,}$/, 'A bot token looks like 123456:ABC-DEF…') });
const Matrix = z.object({ baseUrl: url, token: secret });
const Slack = z.object({ baseUrl: url.default('https://slack.com/api'), token: z.string().regex(/^xox[a-z]-\S+$/, 'A bot token begins with xoxb-.') });

export const ProvidersShape = z.object({
  twilio: Twilio.optional(),
  telegram: Telegram.optional(),
  matrix: Matrix.optional(),
  slack: Slack.optional(),
  push: z.object({ publicKey: z.string(), privateKey: z.string() }).optional(),
});
export type Providers = z.infer<typeof ProvidersShape>;

export const PROVIDERS = ['twilio', 'telegram', 'matrix', 'slack'] as const;
export const provider = z.enum(PROVIDERS);
export type ProviderName = (typeof PROVIDERS)[number];
export const providerShapes = { twilio: Twilio, telegram: Telegram, matrix: Matrix, slack: Slack } as const;

/** An account as it may be shown: without its secret. */
export const Account = z
  .object({
    provider,
    set: z.boolean(),
    baseUrl: z.string(),
    account: z.string(),
    from: z.string(),
    /** What the last test found. */
    tried: z.object({ at: instant, ok: z.boolean(), sentence: z.string() }).nullable(),
    /** Addresses that the provider must be told, for what comes back. */
    hooks: z.array(z.object({ label: z.string(), url: z.string() })),
  })
  .meta({ id: 'ProviderAccount' });
export const Accounts = z.object({ accounts: z.array(Account) });
