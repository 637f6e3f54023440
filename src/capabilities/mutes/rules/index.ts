export * from './matchers.ts';
