import { module } from '#kernel/desk.ts';
import { actions } from './actions.ts';
import { watch } from './contract.ts';

export default module({ contract: watch, actions });
