export * from './handoffs.ts';
export * from './layers.ts';
