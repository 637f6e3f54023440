export * from './handoffs.ts';
export * from './layers.ts';
export * from './escalation.ts';
export * from './personal.ts';
export * from './sentences.ts';
