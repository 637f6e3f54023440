export { atomOf, jsonOf, rssOf } from './feeds.ts';
export { historyPage, homePage, notePage, postPage } from './html/page.ts';
export type { Places } from './html/parts.ts';
export { styleOf } from './html/style.ts';
export * from './signing.ts';
export * from './states.ts';
export * from './templates.ts';
export { daysOf, meanDays, shareOf } from './uptime.ts';
export type { ComponentView, PageView, PostView } from './view.ts';
