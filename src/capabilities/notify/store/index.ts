export * from './codes.ts';
export * from './channels.ts';
export * from './contacts.ts';
export * from './outbox.ts';
export { tables, type NotificationRow, type Purpose } from './tables.ts';
