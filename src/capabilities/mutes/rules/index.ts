export * from './matchers.ts';
export * from './ranges.ts';
export * from './intervals.ts';
export * from './weekly.ts';
export * from './when.ts';
export * from './muting.ts';
export * from './words.ts';
