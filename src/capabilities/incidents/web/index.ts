import { BookOpenCheck, Siren } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';

export const routes: readonly PageRoute[] = [
  { path: '/incidents', title: 'Incidents', place: 'incidents', load: () => import('./IncidentsList.tsx') },
  { path: '/incidents/new', title: 'Declare an incident', place: 'incidents', load: () => import('./DeclareForm.tsx') },
  { path: '/incidents/severities', title: 'What severities mean', place: 'incidents', load: () => import('./SeveritiesPage.tsx') },
  { path: '/incidents/$number', title: 'Incident', place: 'incidents', frame: 'flush', load: () => import('./IncidentPage.tsx') },
  { path: '/reviews', title: 'Reviews', place: 'reviews', load: () => import('./ReviewsList.tsx') },
  { path: '/reviews/factors', title: 'Contributing factors', place: 'reviews', load: () => import('./FactorsPage.tsx') },
  { path: '/reviews/$number', title: 'Review', place: 'reviews', load: () => import('./ReviewPage.tsx') },
];

export const places: readonly PagePlace[] = [
  { area: 'respond', id: 'incidents', label: 'Incidents', href: '/incidents', icon: Siren, rank: 10, keys: 'g i', countKey: 'incidents', can: 'incidents.read' },
  { area: 'respond', id: 'reviews', label: 'Reviews', href: '/reviews', icon: BookOpenCheck, rank: 70, keys: 'g r', can: 'incidents.read' },
];

export const creates: readonly PageCreate[] = [{ label: 'Declare incident', href: '/incidents/new', icon: Siren, can: 'incidents.declare', rank: 10 }];
