import { randomInt } from 'node:crypto';
import { writeAs } from '#kernel/act.ts';
import { iso, ms } from '#kernel/clock.ts';
import type { Actions, Write } from '#kernel/desk.ts';
import { equalSecrets } from '#kernel/ids.ts';
import { allow, missing, Problem } from '#kernel/problem.ts';
import { jsonb } from '#kernel/database.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import type { notify } from '../contract.ts';
import type { Hours } from '#kernel/weekly.ts';
import * as store from '../store/index.ts';
import { addressKey, type Way } from '../ways.ts';
import { mine, waysOfMe } from './mine.ts';

const CODE_MS = 15 * 60_000;
const TRIES = 5;
const HOUR = 3_600_000;
/** To one number in an hour, whoever asks for them. */
const CODES = 5;

export const phoneActions: Pick<Actions<typeof notify>, 'verifyContact' | 'setHours' | 'setQuiet'> = {
  async verifyContact(ctx, { id, code }) {
    const { ways } = await waysOfMe(ctx);
    if (!ways.some((way) => way.id === id)) throw missing('This contact');
    const row = await store.tables(ctx.db).selectFrom('notifyContact').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!row) throw missing('This contact');
    allow(row.verifiedAt ? 'This contact is confirmed already.' : undefined);
    allow(!row.codeHash || ms(row.codeUntil ?? '') < ctx.now ? 'The code is not valid any more. Send a new one.' : undefined);
    allow(row.codeTries >= TRIES ? 'That were too many wrong codes. Send a new one.' : undefined);
    if (!equalSecrets(row.codeHash ?? '', hashOf(ctx, id, code.replaceAll(/\s/g, '')))) throw wrongCode(ctx, id);
    await store
      .tables(ctx.db)
      .updateTable('notifyContact')
      .set({ verifiedAt: iso(ctx.now), codeHash: null })
      .where('id', '=', id)
      .execute();
    await ctx.record({ record: ctx.actor.id, did: 'contact.verified', data: { contact: id, person: ctx.actor.id } });
    return mine(ctx);
  },

  async setHours(ctx, { id, hours }) {
    const { ways } = await waysOfMe(ctx);
    if (!ways.some((way) => way.id === id)) throw missing('This contact');
    return keepHours(ctx, id, hours);
  },

  setQuiet: (ctx, { hours }) => keepHours(ctx, '', hours),
};

/** The refusal rolls its transaction back, so the try is counted after it. */
function wrongCode({ desk }: Write, id: string): Problem {
  const sentence = 'This is not the code that was sent. Look again, or send a new one.';
  const count = (ctx: Write) =>
    store
      .tables(ctx.db)
      .updateTable('notifyContact')
      .set((e) => ({ codeTries: e('codeTries', '+', 1) }))
      .where('id', '=', id)
      .execute();
  return new Problem('invalid', sentence, { fields: [{ field: 'code', sentence }], afterwards: () => writeAs(desk, SYSTEM, count, 'quiet') });
}

async function keepHours(ctx: Write, contact: string, hours: readonly Hours[]) {
  const value = jsonb(hours);
  await store
    .tables(ctx.db)
    .insertInto('notifyWay')
    .values({ personId: ctx.actor.id ?? '', contact, hours: value, failedAt: null, failedWhy: null })
    .onConflict((c) => c.columns(['personId', 'contact']).doUpdateSet({ hours: value }))
    .execute();
  await ctx.record({ record: ctx.actor.id, did: 'contact.changed', data: { contact, person: ctx.actor.id, hours: hours.length } });
  return mine(ctx);
}

/** A new code for a phone; what is kept is its hash. The text is what the phone is told. */
export async function sendCode(ctx: Write, way: Way): Promise<string> {
  const { lately, sinceMinute } = await store.codesSent(ctx.db, addressKey(ctx.desk, way.address), { hour: iso(ctx.now - HOUR), minute: iso(ctx.now - HOUR / 60) });
  // Else codes could be guessed without end, and a number of somebody else's be called without end.
  allow(sinceMinute > 0 ? 'A code was sent a moment ago. Wait a minute before you send another.' : undefined);
  allow(lately >= CODES ? `${CODES} codes were sent to this number within an hour. Try again later.` : undefined);
  const code = String(randomInt(100_000, 1_000_000));
  await store
    .tables(ctx.db)
    .updateTable('notifyContact')
    .set({ codeHash: hashOf(ctx, way.id, code), codeUntil: iso(ctx.now + CODE_MS), codeTries: 0 })
    .where('id', '=', way.id)
    .execute();
  const shown = way.channel === 'voice' ? [...code].join(', ') : code;
  return `Your code is ${shown}. Type it in on your page of contacts within 15 minutes.`;
}

function hashOf(ctx: Write, contact: string, code: string): string {
  return ctx.desk.vault.sign('contact code', `${contact} ${code}`).toString('hex');
}
