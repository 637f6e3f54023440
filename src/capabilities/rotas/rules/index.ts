export * from './handoffs.ts';
export * from './layers.ts';
export type * from './shapes.ts';
export * from './changes.ts';
export * from './editing.ts';
export * from './preview.ts';
export * from './reading.ts';
export * from './tally.ts';
export * from './swaps.ts';
