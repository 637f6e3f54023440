import { countOpenGroups } from '#capabilities/alerts/index.ts';
import { liveIncidents } from '#capabilities/incidents/index.ts';
import { openPagesOf } from '#capabilities/notify/index.ts';
import type { Actions, Read } from '#kernel/desk.ts';
import type { Need, Scope, watch } from './contract.ts';
import { rank } from './rules.ts';
import { SOURCES } from './sources/index.ts';
import { todayOf } from './today.ts';

const SHOWN_MOST = 200;
const ALERTS_MOST = 1000;

export const actions: Actions<typeof watch> = {
  async needs(ctx, { scope }) {
    const [mine, teams, everyone] = [await needsOf(ctx, 'mine'), await needsOf(ctx, 'teams'), await needsOf(ctx, 'everyone')];
    const wanted = { mine, teams, everyone }[scope];
    return {
      items: wanted.slice(0, SHOWN_MOST),
      counts: { mine: mine.length, teams: teams.length, everyone: everyone.length },
      pagesWaiting: mine.filter((need) => need.key.startsWith('page:')).length,
      moreCount: Math.max(0, wanted.length - SHOWN_MOST),
    };
  },

  async counts(ctx) {
    return {
      needs: (await needsOf(ctx, 'mine')).length,
      pages: ctx.actor.id ? (await openPagesOf(ctx.db, ctx.actor.id)).length : 0,
      liveIncidents: (await liveIncidents(ctx)).length,
      openAlerts: await countOpenGroups(ctx.db, ctx.actor, ALERTS_MOST),
    };
  },

  today: (ctx, { mineOnly }) => todayOf(ctx, mineOnly ? 'mine' : 'everyone'),
};

/** Ranked lines of a scope. An alert that pages the viewer is one line, not two. */
async function needsOf(ctx: Read, scope: Scope): Promise<readonly Need[]> {
  const facts = (await Promise.all(SOURCES.map((source) => source(ctx, scope)))).flat();
  const paged = new Set(facts.filter((fact) => fact.kind === 'page').map((fact) => fact.record?.id));
  return rank(
    facts.filter((fact) => fact.kind !== 'alert' || !paged.has(fact.record?.id)),
    ctx.now,
  );
}
