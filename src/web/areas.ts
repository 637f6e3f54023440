import { Binoculars, Blocks, Compass, GitCompareArrows, Settings, ShieldCheck, Siren } from 'lucide-react';
import * as alerts from '#capabilities/alerts/web/index.ts';
import * as catalog from '#capabilities/catalog/web/index.ts';
import * as checks from '#capabilities/checks/web/index.ts';
import * as followups from '#capabilities/followups/web/index.ts';
import * as incidents from '#capabilities/incidents/web/index.ts';
import * as metrics from '#capabilities/metrics/web/index.ts';
import * as mutes from '#capabilities/mutes/web/index.ts';
import * as notify from '#capabilities/notify/web/index.ts';
import * as rotas from '#capabilities/rotas/web/index.ts';
import * as oncall from '#capabilities/oncall/web/index.ts';
import * as people from '#capabilities/people/web/index.ts';
import * as slos from '#capabilities/slos/web/index.ts';
import * as status from '#capabilities/status/web/index.ts';
import * as watch from '#capabilities/watch/web/index.ts';
import { AREAS, type AreaId, type PagePlace, type WebPart } from './pages.ts';
import * as desk from './record/index.ts';
import type { Picture } from './ui/Icon.tsx';

/** Every part of the app that has pages: one line per capability. */
const parts: readonly WebPart[] = [watch, incidents, followups, metrics, desk, people, notify, catalog, rotas, oncall, mutes, checks, slos, alerts, status];

const LOOKS: Readonly<Record<AreaId, { readonly label: string; readonly icon: Picture }>> = {
  watch: { label: 'Watch', icon: Binoculars },
  respond: { label: 'Respond', icon: Siren },
  change: { label: 'Change', icon: GitCompareArrows },
  assure: { label: 'Assure', icon: ShieldCheck },
  lead: { label: 'Lead', icon: Compass },
  catalog: { label: 'Catalog', icon: Blocks },
  settings: { label: 'Settings', icon: Settings },
};

export const routes = parts.flatMap((part) => part.routes);
export const creates = parts.flatMap((part) => part.creates ?? []).toSorted((one, other) => one.rank - other.rank);
export const places = parts.flatMap((part) => part.places ?? []).toSorted((one, other) => one.rank - other.rank);

export interface BuiltArea {
  readonly id: AreaId;
  readonly label: string;
  readonly icon: Picture;
  readonly href: string;
  readonly places: readonly PagePlace[];
}

/** The areas that have at least one built place this viewer may open, in the order of the rail. */
export function areasFor(permissions: readonly string[]): readonly BuiltArea[] {
  return AREAS.flatMap((id) => {
    const own = places.filter((place) => place.area === id && (!place.can || permissions.includes(place.can)));
    const first = own[0];
    return first ? [{ id, ...LOOKS[id], href: first.href, places: own }] : [];
  });
}
