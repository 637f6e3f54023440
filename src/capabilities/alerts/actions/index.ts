import type { Actions } from '#kernel/desk.ts';
import type { alerts } from '../contract/index.ts';
import { alertActions } from './alerts.ts';
import { bindingActions } from './bindings.ts';
import { changeActions } from './changes.ts';
import { mappingActions } from './mapping.ts';
import { routingActions } from './routing.ts';
import { sourceActions } from './sources.ts';

export const actions: Actions<typeof alerts> = { ...alertActions, ...sourceActions, ...bindingActions, ...mappingActions, ...changeActions, ...routingActions };
