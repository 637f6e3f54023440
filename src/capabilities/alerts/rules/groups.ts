import type { Options } from './options.ts';
import { severities, type Severity } from './severity.ts';

const MINUTE = 60_000;

/** How far a group has come: when its signals fired (epoch ms, only as many as are asked for) and whether that sufficed. */
export interface Confirming {
  readonly firings: readonly number[];
  readonly confirmed: boolean;
}

export const UNSEEN_GROUP: Confirming = { firings: [], confirmed: false };

/** One more firing signal: what was confirmed stays so; else so many within so long confirm it. */
export function fired({ firings, confirmed }: Confirming, at: number, { openAfter, openWithinMinutes }: Pick<Options, 'openAfter' | 'openWithinMinutes'>): Confirming {
  if (confirmed || openAfter <= 1) return { firings: [], confirmed: true };
  const lately = [...firings, at].filter((one) => at - one <= openWithinMinutes * MINUTE).slice(-openAfter);
  return lately.length >= openAfter ? { firings: [], confirmed: true } : { firings: lately, confirmed: false };
}

export function worse(one: Severity, than: Severity): boolean {
  return severities.indexOf(one) < severities.indexOf(than);
}

/** The severity about which people were paged. */
export interface Paged {
  readonly worst: Severity;
}

/**
 * Whether alerts that join a group page: the first ones do, and one that is worse than what people were paged about.
 * Else they are told by the page that runs, or by the person who has it.
 */
export function pagesAgain(paged: Paged | null, joining: Severity): 'first' | 'worse' | null {
  if (paged === null) return 'first';
  return worse(joining, paged.worst) ? 'worse' : null;
}
