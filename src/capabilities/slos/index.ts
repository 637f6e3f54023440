import { registerFacts, registerHealth, type Fact } from '#capabilities/catalog/index.ts';
import { module } from '#kernel/desk.ts';
import { actions } from './actions.ts';
import { slos } from './contract.ts';
import { jobs } from './jobs.ts';
import { stateNow } from './shown.ts';
import * as store from './store.ts';

export { countAll } from './counting.ts';

/** An objective tells only trouble of its service: that its budget lasts is no proof that the service is well now. */
registerHealth(async ({ db, actor, now }, serviceIds) => {
  const found = new Map<string, Fact[]>();
  for (const row of await store.ofServices(db, actor, serviceIds)) {
    const { state, sentence } = stateNow(row, now);
    if (state !== 'critical' && state !== 'warning') continue;
    const fact: Fact = { state: 'warning', words: `${row.title}: ${sentence.replace(/\.$/, '')}`, record: { id: row.id, kind: 'slo', number: row.number, title: row.title } };
    found.set(row.serviceId, [...(found.get(row.serviceId) ?? []), fact]);
  }
  return found;
});

registerFacts({ 'slos.count': { label: 'Objectives that it has', type: 'number', otherwise: 0 } }, async ({ db, actor }, serviceIds) => {
  const rows = await store.ofServices(db, actor, serviceIds);
  return new Map([...Map.groupBy(rows, ({ serviceId }) => serviceId)].map(([id, some]) => [id, { 'slos.count': some.length }]));
});

export default module({ contract: slos, actions, jobs });
