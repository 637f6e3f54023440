import { module } from '#kernel/desk.ts';
import { ackRoutes } from './ack-page.ts';
import { actions } from './actions/index.ts';
import { oncall } from './contract.ts';
import { jobs } from './jobs.ts';

export { pagingAbout } from './actions/policies.ts';
export { acknowledgePaging, endPaging, escalatePaging, startPaging, tellAdmins } from './paging.ts';
export { nowOf } from './rota.ts';
export { registerSubject } from './subjects.ts';

export default module({ contract: oncall, actions, jobs, routes: ackRoutes });
