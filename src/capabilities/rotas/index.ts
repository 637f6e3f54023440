import { module } from '#kernel/desk.ts';
import { actions } from './actions/index.ts';
import { rotas } from './contract.ts';

export { registerRotaUsers } from './users.ts';
export { nowOf, onDutyIn } from './calendar.ts';

export default module({ contract: rotas, actions });
