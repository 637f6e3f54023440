export * from './schedule.ts';
export * from './heartbeat.ts';
export * from './ping.ts';
export * from './probe.ts';
export * from './standing.ts';
export * from './uptime.ts';
export * from './moves.ts';
export * from './conditions/index.ts';
