import type { FastifyInstance } from 'fastify';
import { module, type Desk } from '#kernel/desk.ts';
import { registerFacts, registerHealth } from '#capabilities/catalog/index.ts';
import { registerAffected } from '#capabilities/mutes/index.ts';
import { actions } from './actions/index.ts';
import { checks } from './contract/index.ts';
import { embedRoutes } from './embed-routes.ts';
import { checksCounted, healthOfChecks } from './health.ts';
import { jobs } from './jobs.ts';
import { affectedChecks } from './labels.ts';
import { pingRoutes } from './ping-routes.ts';
import { startChecks } from './runner.ts';

export { checksNowOf, uptimeOfServices } from './watching.ts';
export { checksByIds, resultsOfChecks, timeOfChecks, type KnownCheck } from './counting.ts';
export { labelsOfCheck } from './labels.ts';
export { runDueChecks } from './runner.ts';

registerHealth(healthOfChecks);
registerAffected(affectedChecks);
registerFacts({ 'checks.count': { label: 'Checks that watch it', type: 'number', otherwise: 0 } }, checksCounted);

function routes(app: FastifyInstance, desk: Desk): void {
  pingRoutes(app, desk);
  embedRoutes(app, desk);
}

export default module({ contract: checks, actions, jobs, routes, start: startChecks });
