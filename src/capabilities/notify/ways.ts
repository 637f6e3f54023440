import type { Known } from '#capabilities/people/index.ts';
import type { Db } from '#kernel/database.ts';
import type { Desk } from '#kernel/desk.ts';
import { channels } from './channels/index.ts';
import type { ChannelName, Urgency } from './contract.ts';
import { readProviders } from './providers.ts';
import { type Hours } from '#kernel/weekly.ts';
import { planOf, type PersonalRule } from './rules/index.ts';
import * as store from './store/index.ts';

/** One way to reach a person. `id` is `email`, `browser` or the id of an added contact. */
export interface Way {
  readonly id: string;
  readonly channel: ChannelName;
  readonly label: string;
  readonly address: string;
  readonly verified: boolean;
  readonly trouble: string | null;
  /** When it may be used for what can wait; empty is always. */
  readonly hours: readonly Hours[];
  /** A code was sent to it that must be typed in. */
  readonly awaitsCode: boolean;
  readonly failed: { readonly at: string; readonly why: string } | null;
}

export interface Reach {
  readonly ways: readonly Way[];
  readonly rules: Readonly<Record<Urgency, readonly PersonalRule[]>>;
  /** When the person wants to be left alone by what can wait. */
  readonly quiet: readonly Hours[];
}

export const NO_REACH: Reach = { ways: [], rules: { high: [], low: [] }, quiet: [] };

/** All ways to reach each person, and the rules each has set, in a few queries for any number of people. */
export async function waysOf(ctx: { db: Db; desk: Desk }, people: ReadonlyMap<string, Known>): Promise<ReadonlyMap<string, Reach>> {
  await readProviders(ctx);
  const ids = [...people.keys()];
  const [contacts, rules, facts] = [await store.contactsOf(ctx.db, ids), await store.rulesOf(ctx.db, ids), await store.wayFacts(ctx.db, ids)];
  return new Map(
    [...people].map(([id, person]) => {
      const known = new Map(facts.filter((fact) => fact.personId === id).map((fact) => [fact.contact, fact]));
      const factsOf = (contact: string): Pick<Way, 'hours' | 'failed'> => {
        const fact = known.get(contact);
        return { hours: fact?.hours ?? [], failed: fact?.failedAt ? { at: fact.failedAt, why: fact.failedWhy ?? '' } : null };
      };
      const mailbox = contacts.find((c) => c.personId === id && c.channel === 'email' && c.address === person.email);
      const builtIn: Way[] = [
        {
          id: 'email',
          channel: 'email',
          label: 'Mail',
          address: person.email,
          verified: mailbox?.verifiedAt != null,
          trouble: channels.email.trouble(ctx.desk),
          awaitsCode: false,
          ...factsOf('email'),
        },
        { id: 'browser', channel: 'browser', label: 'This desk', address: '', verified: false, trouble: null, awaitsCode: false, ...factsOf('browser') },
      ];
      const added = contacts
        .filter((c) => c.personId === id && c !== mailbox)
        .map((c): Way => ({
          id: c.id,
          channel: c.channel,
          label: c.label,
          address: c.sealed ? ctx.desk.vault.decrypt(c.address) : c.address,
          verified: c.verifiedAt !== null,
          trouble: troubleOf(ctx.desk, c),
          awaitsCode: c.codeHash !== null && c.verifiedAt === null,
          ...factsOf(c.id),
        }));
      const mine = rules.filter((r) => r.personId === id);
      const of = (urgency: Urgency) => mine.filter((r) => r.urgency === urgency).map(({ contact, delayMinutes }) => ({ contact, delayMinutes }));
      return [id, { ways: [...builtIn, ...added], rules: { high: of('high'), low: of('low') }, quiet: factsOf('').hours }];
    }),
  );
}

/** A phone is used once its holder has typed in the code; until then it may be anybody's. */
function troubleOf(desk: Desk, contact: { channel: ChannelName; disabledAt: string | null; verifiedAt: string | null }): string | null {
  if (contact.disabledAt !== null) return 'Turned off by the word STOP from this number. Write START to turn it on.';
  const trouble = channels[contact.channel].trouble(desk);
  const phone = contact.channel === 'sms' || contact.channel === 'voice';
  return trouble ?? (phone && contact.verifiedAt === null ? 'Not confirmed: send the code and type it in.' : null);
}

/** By which a phone is found again, though its number is kept encrypted. */
export function addressKey(desk: Desk, number: string): string {
  return desk.vault.sign('phone number', number.replaceAll(/[^+\d]/g, '')).toString('hex');
}

/** The plan of contacts by the person's rules, without those this desk cannot use now (the person's page says why). */
export function planFor(person: Reach, urgency: Urgency): readonly PersonalRule[] {
  return planOf(
    person.rules[urgency],
    person.ways.filter((way) => way.trouble === null).map((way) => way.id),
  );
}
