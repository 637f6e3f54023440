import { registerFacts } from '#capabilities/catalog/index.ts';
import { registerChannelUsers } from '#capabilities/notify/index.ts';
import { registerRotaUsers } from '#capabilities/rotas/index.ts';
import type { Db } from '#kernel/database.ts';
import { module } from '#kernel/desk.ts';
import { SYSTEM, type Actor } from '#kernel/permissions.ts';
import { ackRoutes } from './ack-page.ts';
import './answering.ts';
import { actions } from './actions/index.ts';
import { oncall } from './contract.ts';
import { startAuditor } from './audit.ts';
import { jobs } from './jobs.ts';
import * as store from './store/index.ts';

export { pagingTroubles } from './audit.ts';
export { pagingAbout } from './about.ts';
export { acknowledgePaging, endPaging, escalatePaging, startPaging, tellAdmins, tellHolder } from './paging/index.ts';
export { registerSubject } from './subjects.ts';

registerFacts({ 'oncall.policy': { label: 'Escalation policy that covers it by name', type: 'text' } }, async ({ db, actor }, ids) => {
  const rows = await store.policiesOver(db, actor, ids);
  return new Map(rows.map(({ serviceId, title }) => [serviceId, { 'oncall.policy': title }]));
});

/** Policies that name a rota or a channel in a step. */
const policiesWith = async ({ db, actor }: { db: Db; actor: Actor }, targetId: string) =>
  (await store.policiesUsing(db, actor, targetId)).map(({ id, number, title }) => ({ id, kind: 'policy', number, title }));

registerRotaUsers(policiesWith);
registerChannelUsers(policiesWith);

/** What came to the end of its policy without an answer, newest first. */
export async function unansweredRuns(db: Db) {
  return (await store.exhaustedRuns(db)).map(({ escalation, ...run }) => ({ ...run, isReached: escalation.told === true }));
}

/** Services of which an alert would page the administrators only: no policy is in charge of them, and there is no default one. */
export async function uncoveredAmong(db: Db, serviceIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (serviceIds.length === 0 || (await store.policyFor(db, SYSTEM, null))) return new Set();
  const covered = new Set((await store.policiesOver(db, SYSTEM, serviceIds)).map(({ serviceId }) => serviceId));
  return new Set(serviceIds.filter((id) => !covered.has(id)));
}

export default module({ contract: oncall, actions, jobs, routes: ackRoutes, start: startAuditor });
