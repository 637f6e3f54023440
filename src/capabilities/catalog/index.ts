import type { FastifyInstance } from 'fastify';
import type { Db } from '#kernel/database.ts';
import { module, type Desk } from '#kernel/desk.ts';
import type { Actor } from '#kernel/permissions.ts';
import { actions } from './actions/index.ts';
import { catalog } from './contract/index.ts';
import { warmGraph } from './graph.ts';
import { exportRoutes } from './importing/exporting.ts';
import { uploadRoutes } from './importing/upload.ts';
import { jobs } from './jobs.ts';
import { registerOwnFacts } from './own-facts.ts';
import type { Lifecycle } from './rules/index.ts';
import * as store from './store/index.ts';

export { changesNear, registerChanges, type ChangeFact } from './changes.ts';
export { carriedBy, explainFailures } from './explaining.ts';
export { registerFacts } from './facts.ts';
export { registerHealth, type Fact, type HealthSource } from './health.ts';

/** What other capabilities may know of a service. */
export interface KnownService {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly slug: string;
  readonly tier: number;
  readonly lifecycle: Lifecycle;
  readonly usersAffected: number | null;
  readonly teamId: string | null;
  readonly ownerId: string | null;
}

/** Services by id; those the actor may not see and ids of other things are left out. */
export async function servicesByIds(db: Db, actor: Actor, ids: readonly string[]): Promise<ReadonlyMap<string, KnownService>> {
  if (ids.length === 0) return new Map();
  const rows = await store.byIds(db, actor, ids);
  return new Map(
    rows.map(({ id, number, title, slug, tier, lifecycle, usersAffected, teamId, ownerId }) => [
      id,
      { id, number, name: title, slug, tier, lifecycle, usersAffected, teamId, ownerId },
    ]),
  );
}

/** Every service that is not retired, whoever may see it: for binding what comes from outside, one query per batch. */
export function serviceSlugs(db: Db): Promise<readonly { id: string; number: string; slug: string; name: string; tier: number; teamId: string | null }[]> {
  return store.slugs(db);
}

registerOwnFacts();

function catalogRoutes(app: FastifyInstance, desk: Desk): void {
  uploadRoutes(app, desk);
  exportRoutes(app, desk);
}

export default module({ contract: catalog, actions, jobs, routes: catalogRoutes, start: warmGraph });
