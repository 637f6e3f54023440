import type { Jobs, Write } from '#kernel/desk.ts';
import { readFeeds } from './holidays/feed.ts';
import { lookAheadJob } from './looking.ts';

const SETTLES = 10 * 60_000;

/** Somebody who edits a rota makes several changes: what they leave is looked at once they are done. */
async function lookSoon(ctx: Write): Promise<void> {
  await ctx.enqueue('rotas.lookAhead', {}, { key: 'rotas.lookAhead', runAt: ctx.now + SETTLES });
}

const CHANGES = [
  'rota.created',
  'rota.changed',
  'rota.layerAdded',
  'rota.layerChanged',
  'rota.layerRemoved',
  'rota.overridden',
  'rota.overrideRemoved',
  'rota.temporary',
  'rota.temporaryCleared',
  'rota.swapTaken',
  'absence.added',
  'absence.removed',
  'holidays.read',
  'person.left',
  'person.returned',
  'contact.verified',
  'contact.removed',
];

export const jobs: Jobs = {
  on: Object.fromEntries(CHANGES.map((did) => [did, lookSoon])),
  tasks: { 'rotas.readHolidays': readFeeds, 'rotas.lookAhead': lookAheadJob },
  every: { 'rotas.readHolidays': '25 4 * * *', 'rotas.lookAhead': '35 4 * * *' },
};
