import { module } from '#kernel/desk.ts';
import { actions } from './actions.ts';
import { metrics } from './contract.ts';

export default module({ contract: metrics, actions });
