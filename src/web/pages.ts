import type { ComponentType } from 'react';
import type { Picture } from './ui/Icon.tsx';

/** One page of a capability: `src/capabilities/<cap>/web/index.ts` exports `routes: readonly PageRoute[]`. */
export interface PageRoute {
  /** TanStack path: "/services/$number". */
  readonly path: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** Shown in the browser's tab; a page with a record may set its own by `useTitle`. */
  readonly title: string;
  /** Id of the place in the rail that is current on this page. */
  readonly place?: string;
  /** `bare`: no rail, no session needed. `flush`: the page brings its own padding. `settings`: below the tabs of the settings. */
  readonly frame?: 'bare' | 'flush' | 'settings';
}

export const AREAS = ['watch', 'respond', 'change', 'assure', 'lead', 'catalog', 'settings'] as const;
export type AreaId = (typeof AREAS)[number];

/** One line of the rail; exported by a capability as `places: readonly PagePlace[]`. */
export interface PagePlace {
  readonly area: AreaId;
  readonly id: string;
  readonly label: string;
  readonly href: string;
  readonly icon: Picture;
  /** Order inside the area, small first. */
  readonly rank: number;
  /** Name under which `useCounts` of shell-slots.tsx gives a figure. */
  readonly countKey?: string;
  /** "g i" */
  readonly keys?: string;
  /** Further words by which people look for it. */
  readonly words?: string;
  /** Permission without which the place is not shown. */
  readonly can?: string;
}

/** One entry of the create menu and the palette; exported as `creates: readonly PageCreate[]`. */
export interface PageCreate {
  readonly label: string;
  readonly href: string;
  readonly icon: Picture;
  readonly can: string;
  readonly keys?: string;
  readonly rank: number;
}

export interface WebPart {
  readonly routes: readonly PageRoute[];
  readonly places?: readonly PagePlace[];
  readonly creates?: readonly PageCreate[];
}
