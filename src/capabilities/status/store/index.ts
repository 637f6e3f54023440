export * from './pages.ts';
export * from './posts.ts';
export * from './subscribers.ts';
export { tables, type Channel, type MessageRow, type StateOf } from './tables.ts';
export * from './telling.ts';
