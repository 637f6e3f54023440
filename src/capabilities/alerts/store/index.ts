export * from './tables.ts';
export * from './alerts.ts';
export * from './sources.ts';
export * from './raw.ts';
export * from './bindings.ts';
export * from './changes.ts';
export * from './mail.ts';
