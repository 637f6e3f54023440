export * from './checks.ts';
export * from './guard.ts';
export * from './leases.ts';
export * from './parents.ts';
export * from './public.ts';
export * from './results.ts';
