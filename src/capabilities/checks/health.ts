import type { Fact, HealthSource } from '#capabilities/catalog/index.ts';
import type { Read } from '#kernel/desk.ts';
import { healthState, standingWords } from './rules/index.ts';
import { aroundOf, toldOf } from './shown.ts';
import * as store from './store/index.ts';

/** What its checks say of each service: "checkout probe fails for 12 min: status 503". */
export const healthOfChecks: HealthSource = async ({ db, actor, now }, serviceIds) => {
  const facts = new Map<string, Fact[]>();
  const rows = await store.ofServices(db, actor, serviceIds);
  const around = await aroundOf({ db, now }, rows);
  for (const row of rows) {
    const told = toldOf(row, around);
    const fact: Fact = {
      state: healthState(told, now),
      words: `${row.title} ${standingWords(told, now)}`,
      record: { id: row.id, kind: 'check', number: row.number, title: row.title },
    };
    facts.set(row.serviceId!, [...(facts.get(row.serviceId!) ?? []), fact]);
  }
  return facts;
};

/** How many checks watch each service; one that is paused watches nothing. */
export async function checksCounted({ db, actor }: Read, serviceIds: readonly string[]): Promise<ReadonlyMap<string, { readonly 'checks.count': number }>> {
  const rows = (await store.ofServices(db, actor, serviceIds)).filter(({ stored }) => stored !== 'paused');
  return new Map([...Map.groupBy(rows, ({ serviceId }) => serviceId!)].map(([id, some]) => [id, { 'checks.count': some.length }]));
}
