import type { Write } from '#kernel/desk.ts';
import { missing } from '#kernel/problem.ts';
import { issueTicket } from './identity.ts';
import * as store from './store.ts';

/** A link with which a person sets a new password, by e-mail; for whoever holds the database. */
export async function resetByEmail(ctx: Write, who: { readonly email: string; readonly dropSecondFactor: boolean }): Promise<string> {
  const person = await store.forSignIn(ctx.db, who.email);
  if (!person || person.state === 'left') throw missing(who.email);
  if (who.dropSecondFactor && person.totpSecret) {
    await store.tables(ctx.db).updateTable('peoplePerson').set({ totpSecret: null, totpPending: null, totpLastStep: null }).where('id', '=', person.id).execute();
    await ctx.record({ record: person.id, did: 'person.secondFactorOff' });
  }
  await ctx.record({ record: person.id, did: 'person.resetIssued' });
  return issueTicket(ctx, { purpose: person.state === 'invited' ? 'invitation' : 'reset', personId: person.id, days: 1 });
}
