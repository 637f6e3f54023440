import { iso } from '#kernel/clock.ts';
import type { Db } from '#kernel/database.ts';
import type { Desk } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { peopleByIds } from '#capabilities/people/index.ts';
import { channels, type Message } from './channels/index.ts';
import { waysOf } from './ways.ts';
import * as store from './store/index.ts';

/** How many messages of pages should have left before the instant and have not, and since when the oldest waits. */
export async function overdueMessages(db: Db, before: number): Promise<{ count: number; since: string | null }> {
  const rows = await store.overdueSince(db, iso(before));
  return { count: rows.length, since: rows[0]?.dueAt ?? null };
}

/**
 * Tells people on every contact of theirs at once, past the outbox, its queue and its limits: for the one message that says
 * that those do not work. Answers how many contacts took it.
 */
export async function tellPastOutbox(desk: Desk, personIds: readonly string[], what: { readonly title: string; readonly text: string }): Promise<number> {
  const people = await peopleByIds(desk.readDb, personIds);
  const ways = await waysOf({ db: desk.readDb, desk }, people);
  const at = iso(desk.clock.now());
  const all = [...people.values()].flatMap((person) => (ways.get(person.id)?.ways ?? []).filter((way) => way.trouble === null).map((way) => ({ person, way })));
  const told = await Promise.all(
    all.map(async ({ person, way }) => {
      const to = { id: person.id, name: person.name, email: person.email };
      const message: Message = {
        ...what,
        id: uuidv7(desk.clock.now()),
        purpose: 'notice',
        link: `${desk.config.publicUrl}/pages`,
        ackLink: null,
        why: 'You are an administrator of this desk.',
        at,
        person: to,
        record: null,
        urgency: 'high',
        token: null,
        code: null,
      };
      return channels[way.channel].send(desk, message, way.address).then(
        (sent) => sent.ok,
        () => false,
      );
    }),
  );
  return told.filter(Boolean).length;
}
