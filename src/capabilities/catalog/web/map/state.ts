import { useMemo } from 'react';
import { useAddress } from '#web/address.ts';
import type { In } from '#kernel/contract.ts';
import { mapGrouping, type catalog } from '../../contract/index.ts';

type Input = In<(typeof catalog)['verbs']['map']>;
export type Grouping = (typeof mapGrouping.options)[number];
export type Towards = 'both' | 'providers' | 'consumers';
export const TOWARDS: readonly Towards[] = ['both', 'providers', 'consumers'];

/** All that the address says of the picture, so that a view can be shared. */
export interface MapState {
  readonly by: Grouping;
  /** Keys of open groups; undefined leaves it to the desk. */
  readonly open: readonly string[] | undefined;
  readonly focus: string | undefined;
  readonly hops: number;
  readonly towards: Towards;
  readonly failed: readonly string[];
  readonly spared: readonly string[];
  readonly at: string | undefined;
  readonly asTable: boolean;
}

/** Stands for "no group is open", because an empty value leaves the address. */
const NONE = 'none';
const HOPS = { usual: 2, most: 6 };

const listOf = (said: string | undefined): readonly string[] => (said === undefined ? [] : said.split(',').filter(Boolean));

export function useMapState(): { readonly state: MapState; readonly change: (to: Partial<MapState>) => void } {
  const { search, keep } = useAddress();
  const written = JSON.stringify(search);
  const state = useMemo((): MapState => {
    // The router reads 3 and true as what they are; here all is text.
    const given = JSON.parse(written) as Readonly<Record<string, string | number | boolean | undefined>>;
    const said: Readonly<Record<string, string | undefined>> = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
    const hops = Number(said['hops'] ?? HOPS.usual);
    const by = mapGrouping.safeParse(said['by']);
    const at = said['at'] === undefined ? Number.NaN : Date.parse(said['at']);
    return {
      by: by.success ? by.data : 'team',
      open: said['open'] === undefined ? undefined : listOf(said['open']),
      focus: said['focus'],
      hops: Number.isInteger(hops) ? Math.min(HOPS.most, Math.max(1, hops)) : HOPS.usual,
      towards: TOWARDS.find((one) => one === said['towards']) ?? 'both',
      failed: listOf(said['failed']),
      spared: listOf(said['spared']),
      at: Number.isNaN(at) ? undefined : new Date(at).toISOString(),
      asTable: said['look'] === 'table',
    };
  }, [written]);
  function change(to: Partial<MapState>) {
    const next = { ...state, ...to };
    keep({
      by: next.by === 'team' ? undefined : next.by,
      open: next.open && (next.open.join(',') || NONE),
      focus: next.focus,
      hops: next.focus === undefined || next.hops === HOPS.usual ? undefined : String(next.hops),
      towards: next.focus === undefined || next.towards === 'both' ? undefined : next.towards,
      failed: next.failed.join(','),
      spared: next.spared.join(','),
      at: next.at,
      look: next.asTable ? 'table' : undefined,
    });
  }
  return { state, change };
}

export function inputOf({ by, open, focus, hops, towards, failed, spared, at }: MapState): Input {
  return {
    by,
    ...(open && { open: [...open] }),
    ...(focus === undefined ? {} : { focus, hops, towards }),
    ...(failed.length > 0 && { failed: [...failed] }),
    ...(spared.length > 0 && { spared: [...spared] }),
    ...(at !== undefined && { at }),
  };
}
