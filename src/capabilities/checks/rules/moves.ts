import type { Stored } from './standing.ts';

type Moved = { readonly stored: Stored; readonly retired: boolean };

export function refuseChange({ retired }: Pick<Moved, 'retired'>): string | undefined {
  return retired ? 'This check is retired. Make a new one instead.' : undefined;
}

export function refusePausing({ stored, retired }: Moved): string | undefined {
  return refuseChange({ retired }) ?? (stored === 'paused' ? 'This check is paused already.' : undefined);
}

export function refuseResuming({ stored, retired }: Moved): string | undefined {
  return refuseChange({ retired }) ?? (stored === 'paused' ? undefined : 'This check is not paused.');
}

export function refuseProbing({ retired, probe }: { readonly retired: boolean; readonly probe: string }): string | undefined {
  return refuseChange({ retired }) ?? (probe === 'heartbeat' ? 'A heartbeat is not probed: its job pings the desk.' : undefined);
}

export function refuseNewPingUrl({ retired, probe }: { readonly retired: boolean; readonly probe: string }): string | undefined {
  return refuseChange({ retired }) ?? (probe === 'heartbeat' ? undefined : 'Only a heartbeat has a ping address.');
}

/** The first run at or after an instant: every check has its own phase, so that starts are spread and stay in place. Milliseconds. */
export function nextRun(id: string, intervalMs: number, after: number): number {
  const phase = Number.parseInt(id.slice(-8), 16) % intervalMs;
  return Math.ceil((after - phase) / intervalMs) * intervalMs + phase;
}
