import { ledGroups } from '#capabilities/alerts/index.ts';
import { openPagesOf } from '#capabilities/notify/index.ts';
import { pagingAbout, pagingTroubles, unansweredRuns } from '#capabilities/oncall/index.ts';
import { pageOf, refsOf } from '#kernel/records/index.ts';
import type { Fact } from '../rules.ts';
import { opening, said, together, type Source } from './source.ts';

const PAGES_MOST = 20;

/** Pages that wait for the viewer: nobody else's answer is theirs to give. */
export const pages: Source = async (ctx) => {
  if (ctx.actor.id === null) return [];
  const open = (await openPagesOf(ctx.db, ctx.actor.id)).slice(0, PAGES_MOST);
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    open.map((page) => page.aboutId),
  );
  const groups = await ledGroups(
    ctx.db,
    open.map((page) => page.aboutId),
  );
  return Promise.all(
    open.map(async (page): Promise<Fact> => {
      const group = groups.get(page.aboutId);
      const about = refs.get(page.aboutId) ?? null;
      const paging = await pagingAbout(ctx, page.aboutId);
      const next = paging.nextPeople.map((person) => ({ words: `${person.title} is next`, record: person }));
      return {
        key: `page:${page.aboutId}`,
        kind: 'page',
        state: 'critical',
        record: about,
        title: about?.title ?? page.title,
        weight: null,
        dueAt: paging.nextAt ? Date.parse(paging.nextAt) : null,
        reasons: [said(page.why), ...(group ? [said(together(group))] : []), ...next],
        action:
          about?.kind === 'alert'
            ? { verb: 'alerts.acknowledge', label: 'Acknowledge', number: about.number, href: `/alerts/${about.number}` }
            : opening('Open', about ? pageOf(ctx.desk, about) : '/watch', about?.number ?? null),
      };
    }),
  );
};

/** What keeps pages from leaving, as the auditor found it. */
export const troubledPaging: Source = async ({ db, actor }, scope) => {
  const found = scope === 'teams' || (scope === 'mine' && actor.role !== 'admin') ? null : await pagingTroubles(db);
  if (!found) return [];
  const title = 'Paging does not work as it should';
  return [
    {
      key: 'paging',
      kind: 'paging',
      state: 'critical',
      record: null,
      title,
      weight: null,
      dueAt: null,
      reasons: found.sentences.map(said),
      action: opening('Look at pages', '/pages', null),
    },
  ];
};

/** What came to the end of its policy without an answer: the administrators were the last who were asked. */
export const unanswered: Source = async (ctx, scope) => {
  if (scope === 'teams' || (scope === 'mine' && ctx.actor.role !== 'admin')) return [];
  const runs = await unansweredRuns(ctx.db);
  const refs = await refsOf(
    ctx.db,
    ctx.actor,
    runs.map((run) => run.aboutId),
  );
  return runs.flatMap((run): Fact[] => {
    const about = refs.get(run.aboutId);
    if (!about) return [];
    const reason = run.isReached ? `${run.policyName} came to its end without an answer` : `Nobody was on call in ${run.policyName}`;
    return [
      {
        key: `unanswered:${about.id}`,
        kind: 'unanswered',
        state: 'critical',
        record: about,
        title: about.title,
        weight: null,
        dueAt: null,
        reasons: [said(reason), said('The administrators were paged')],
        action: opening('Open', pageOf(ctx.desk, about), about.number),
      },
    ];
  });
};
