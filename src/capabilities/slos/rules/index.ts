export * from './words.ts';
export * from './budget.ts';
export * from './burn.ts';
export * from './verdict.ts';
export * from './counting.ts';
