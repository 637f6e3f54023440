import type { Actions } from '#kernel/desk.ts';
import type { catalog } from '../contract/index.ts';
import { componentActions } from './components.ts';
import { edgeActions } from './edges.ts';
import { historyActions } from './history.ts';
import { importActions } from './imports.ts';
import { inboxActions } from './inbox.ts';
import { mapActions } from './map/index.ts';
import { neighbourhoodActions } from './neighbourhood.ts';
import { outageActions } from './outages.ts';
import { scorecardActions } from './scorecards.ts';
import { serviceActions } from './services.ts';

export const actions: Actions<typeof catalog> = {
  ...serviceActions,
  ...componentActions,
  ...edgeActions,
  ...neighbourhoodActions,
  ...outageActions,
  ...historyActions,
  ...importActions,
  ...inboxActions,
  ...mapActions,
  ...scorecardActions,
  ...importActions,
};
