export * from './plan.ts';
export * from './queue.ts';
export * from './limits.ts';
export * from './hours.ts';
export * from './replies.ts';
export * from './receipts.ts';
