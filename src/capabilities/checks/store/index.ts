export * from './checks.ts';
export * from './leases.ts';
export * from './results.ts';
