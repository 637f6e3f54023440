import { module } from '#kernel/desk.ts';
import type { Db } from '#kernel/database.ts';
import { actions } from './actions.ts';
import './as-changes.ts';
import './handing-over.ts';
import { mutes } from './contract.ts';
import type { MuteRule } from './rules/index.ts';
import * as store from './store.ts';
import { turnJob } from './turning.ts';

export { EXAMPLES, registerAffected, serviceLabels, type AffectedSource, type ServiceLabels } from './affected.ts';
export { maintenanceDuring } from './store.ts';

/** All mutes that are not over: what `mutedBy` asks. */
export function muteRules(db: Db): Promise<readonly MuteRule[]> {
  return store.inForce(db);
}

export default module({ contract: mutes, actions, jobs: { tasks: { 'mutes.turn': turnJob } } });
