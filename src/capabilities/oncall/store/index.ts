export * from './audit.ts';
export * from './policies.ts';
export * from './runs.ts';
export { tables, type RunRow } from './tables.ts';
