import { serviceSlugs } from '#capabilities/catalog/index.ts';
import { writeAs } from '#kernel/act.ts';
import { iso } from '#kernel/clock.ts';
import { jsonb } from '#kernel/database.ts';
import type { Desk } from '#kernel/desk.ts';
import { uuidv7 } from '#kernel/ids.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import type { Change } from '../formats/pagerduty-change.ts';
import { binderOf } from '../rules/bind.ts';
import { parseMatchers } from '#capabilities/mutes/rules/index.ts';
import * as store from '../store/index.ts';
import { storable } from './storable.ts';

/** Keeps what was changed beside the service it is about: found as for alerts, by rules, by labels, else that of the source. */
export async function noteChange(desk: Desk, sourceId: string, given: Change): Promise<void> {
  const change = storable(given);
  await writeAs(
    desk,
    SYSTEM,
    async ({ db, now }) => {
      const source = await store.tables(db).selectFrom('alertsSource').select('serviceId').where('id', '=', sourceId).executeTakeFirst();
      const rules = (await store.bindings(db, SYSTEM)).flatMap((rule) => {
        const parsed = parseMatchers(rule.matchers);
        return 'matchers' in parsed ? [{ id: rule.id, matchers: parsed.matchers, serviceId: rule.serviceId }] : [];
      });
      const { serviceId } = binderOf({ rules, services: await serviceSlugs(db), fallbackId: source?.serviceId ?? null })({ labels: labelsOf(change) });
      await store
        .tables(db)
        .insertInto('alertsChange')
        .values({
          id: uuidv7(now),
          sourceId,
          serviceId,
          // A clock of a sender that runs ahead would put its change above everything for ever.
          at: iso(Math.min(change.at ?? now, now)),
          receivedAt: iso(now),
          summary: change.summary,
          origin: change.origin,
          details: jsonb({ ...change.details }),
          links: jsonb(change.links.map((link) => ({ ...link }))),
        })
        .execute();
    },
    'quiet',
  );
}

function labelsOf({ details, origin }: Change): Record<string, string> {
  const plain = Object.entries(details).flatMap(([name, value]): [string, string][] => (typeof value === 'string' ? [[name, value]] : []));
  return { source: origin, ...Object.fromEntries(plain) };
}
