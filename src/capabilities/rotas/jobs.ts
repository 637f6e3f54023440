import type { Jobs } from '#kernel/desk.ts';
import { readFeeds } from './holidays/feed.ts';

export const jobs: Jobs = {
  tasks: { 'rotas.readHolidays': readFeeds },
  every: { 'rotas.readHolidays': '25 4 * * *' },
};
