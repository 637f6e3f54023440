export * from './policies.ts';
export * from './runs.ts';
export { tables, type RunRow, type Trouble } from './tables.ts';
