export * from './identity.ts';
export * from './severity.ts';
export * from './bind.ts';
export * from './signal.ts';
export * from './state.ts';
export * from './stages.ts';
