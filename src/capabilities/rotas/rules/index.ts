export * from './handoffs.ts';
export * from './hours.ts';
export * from './layers.ts';
export type * from './shapes.ts';
