import { module, type Write } from '#kernel/desk.ts';
import type { Db } from '#kernel/database.ts';
import { actions } from './actions/index.ts';
import { status } from './contract/index.ts';
import { jobs } from './jobs.ts';
import './outsiders.ts';
import { draftPost } from './posting.ts';
import { publicRoutes } from './public/routes.ts';
import { shownNow, startServing } from './public/snapshot.ts';
import type { ComponentState, Phase } from './rules/index.ts';
import { pageRowOf } from './shown.ts';
import * as store from './store/index.ts';

export { registerTellingRefusal } from './posting.ts';
export { postIdsAbout } from './store/index.ts';
export { filledTemplates, type Filled } from './telling.ts';

/** Drafts a post about a record of another capability: title and text are given, nothing else of it is told. Answers its number. */
export async function postAbout(
  ctx: Write,
  about: {
    readonly page: string;
    readonly aboutId: string;
    readonly title: string;
    readonly phase: Phase;
    readonly text: string;
    readonly states: readonly { readonly component: string; readonly state: ComponentState }[];
  },
): Promise<string> {
  const { number } = await draftPost(ctx, { ...about, page: await pageRowOf(ctx, about.page), kind: 'incident' });
  return number;
}

/** Where these services are shown to outsiders. */
export async function componentsOf(
  db: Db,
  serviceIds: readonly string[],
): Promise<readonly { readonly page: string; readonly component: string; readonly name: string; readonly shown: ComponentState }[]> {
  const rows = await store.componentsFor(db, serviceIds);
  const pages = new Map((await store.allPages(db)).map((page) => [page.id, page.number]));
  return rows.flatMap(({ id, pageId, name, shown }) => {
    const page = pages.get(pageId);
    return page === undefined ? [] : [{ page, component: id, name, shown }];
  });
}

export default module({ contract: status, actions, jobs, routes: publicRoutes, settle: shownNow, start: startServing });
