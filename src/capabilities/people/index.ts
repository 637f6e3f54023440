import { module } from '#kernel/desk.ts';
import { actions } from './actions/index.ts';
import { startPeople } from './bootstrap.ts';
import { people } from './contract.ts';
import { demoRoutes } from './demo.ts';
import { authenticate } from './identity.ts';

export { activeAdmins, leadsOf, membersOfTeams, peopleByAddress, peopleByIds, peopleByName, type Known } from './directory.ts';
export { issueTicket } from './identity.ts';
export { joinForDemo } from './demo.ts';
export { resetByEmail } from './reset.ts';

export default module({ contract: people, actions, authenticate, routes: demoRoutes, start: startPeople });
