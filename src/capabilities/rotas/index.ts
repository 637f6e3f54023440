import { module } from '#kernel/desk.ts';
import { actions } from './actions/index.ts';
import { rotas } from './contract/index.ts';
import { jobs } from './jobs.ts';

export { registerHandoverFacts } from './handover.ts';
export { registerRotaUsers } from './users.ts';
export { nowOf, onDutyIn, shadowsIn } from './calendar.ts';
export { allRotas, nextChangesIn } from './ahead.ts';

export default module({ contract: rotas, actions, jobs });
