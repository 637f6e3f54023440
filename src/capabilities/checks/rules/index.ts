export * from './schedule.ts';
export * from './heartbeat.ts';
export * from './ping.ts';
export * from './probe.ts';
