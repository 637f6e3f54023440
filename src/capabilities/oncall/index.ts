import { registerFacts } from '#capabilities/catalog/index.ts';
import { module } from '#kernel/desk.ts';
import { ackRoutes } from './ack-page.ts';
import { actions } from './actions/index.ts';
import { oncall } from './contract.ts';
import { jobs } from './jobs.ts';
import * as store from './store.ts';

export { pagingAbout } from './actions/policies.ts';
export { acknowledgePaging, endPaging, escalatePaging, startPaging, tellAdmins } from './paging.ts';
export { nowOf } from './rota.ts';
export { registerSubject } from './subjects.ts';

registerFacts({ 'oncall.policy': { label: 'Escalation policy that covers it by name', type: 'text' } }, async ({ db, actor }, ids) => {
  const rows = await store.policiesOver(db, actor, ids);
  return new Map(rows.map(({ serviceId, title }) => [serviceId, { 'oncall.policy': title }]));
});

export default module({ contract: oncall, actions, jobs, routes: ackRoutes });
