import type { LiveIncident } from './shell/LiveStrip.tsx'
import type { Count } from './shell/Rail.tsx'
import type { OnCallNow } from './shell/TopBar.tsx'

/**
 * What the frame shows from capabilities. Each hook reads one contract by `useRead` with `on` set to its events;
 * a part whose hook answers nothing is not shown.
 */
export function useOnCall(): OnCallNow | undefined {
  return undefined
}

export function useLiveIncidents(): readonly LiveIncident[] {
  return []
}

/** Figures beside places and areas, by `countKey`; an area's own figure has the area's id as its key. */
export function useCounts(): Readonly<Record<string, Count>> {
  return {}
}
