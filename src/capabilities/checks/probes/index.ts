import * as z from 'zod';
import { heartbeat, heartbeatConfig, type HeartbeatConfig } from './heartbeat.ts';
import { http, httpConfig, type HttpConfig } from './http.ts';
import type { Probe } from './probe.ts';

/** Every kind of check: one file each, one line here each. */
export const ProbeConfig = z.discriminatedUnion('kind', [httpConfig, heartbeatConfig]);
export type ProbeConfig = HttpConfig | HeartbeatConfig;
export type ProbeKind = ProbeConfig['kind'];
export const PROBE_KINDS = ['http', 'heartbeat'] as const satisfies readonly ProbeKind[];

const probes: { readonly [K in ProbeKind]: Probe<Extract<ProbeConfig, { kind: K }>> } = { http, heartbeat };

export function probeOf(config: ProbeConfig): Probe<ProbeConfig> {
  return probes[config.kind] as Probe<ProbeConfig>;
}

export type { Outcome } from './probe.ts';
export type { HeartbeatConfig } from './heartbeat.ts';
export type { HttpConfig } from './http.ts';
