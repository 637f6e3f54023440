import type { Window } from '#kernel/spans.ts';
import { gapsIn } from './layers.ts';
import type { Layer, Rota } from './shapes.ts';

const WINDOW_MOST = 100 * 86_400_000;

/** A window that can be drawn and computed in one answer. */
export function refuseWindow(from: number, until: number): string | undefined {
  if (until <= from) return 'Until is before From.';
  return until - from > WINDOW_MOST ? 'Ask for at most 100 days at once.' : undefined;
}

/** An override must end after it begins, and not lie wholly in the past (the past is what really happened). */
export function refuseOverride(from: number, until: number, now: number): string | undefined {
  if (until <= from) return 'Until is before From.';
  if (until <= now) return 'This lies in the past. Who was on call then cannot be changed any more.';
  return until - from > 366 * 86_400_000 ? 'An override lasts at most a year. Change the layer instead.' : undefined;
}

/** The same group twice in a row would be one long shift, and nobody is in a group twice. */
export function refusePeople(groups: readonly (readonly string[])[]): string | undefined {
  if (groups.some((group) => new Set(group).size < group.length)) return 'The same person stands twice in a group. Name each once.';
  const names = groups.map((group) => group.toSorted().join());
  return names.length > 1 && names.some((name, i) => name !== '' && name === names[(i + 1) % names.length])
    ? 'The same person stands twice in a row. Make the shift longer instead.'
    : undefined;
}

/** Shadows cover nothing, so they do not count. */
export function refuseLastLayer(layers: readonly Pick<Layer, 'id' | 'shadow'>[], id: string): string | undefined {
  const covering = layers.filter((layer) => !layer.shadow);
  return covering.length > 0 && covering.every((layer) => layer.id === id)
    ? 'This is the only layer. A rota without layers has nobody on call: retire the rota instead.'
    : undefined;
}

/** Hours of a window in which somebody is paged, and its whole length. */
export function coverage(rota: Rota, window: Window): { coveredHours: number; totalHours: number } {
  return coverageOf(window, gapsIn(rota, window));
}

export function coverageOf(window: Window, uncovered: readonly Window[]): { coveredHours: number; totalHours: number } {
  const total = window.until - window.from;
  const open = uncovered.reduce((sum, gap) => sum + gap.until - gap.from, 0);
  return { coveredHours: Math.round(((total - open) / 3_600_000) * 100) / 100, totalHours: Math.round((total / 3_600_000) * 100) / 100 };
}
