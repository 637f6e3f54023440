import { Target } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';

export const routes: readonly PageRoute[] = [
  { path: '/slos', title: 'Objectives', place: 'slos', load: () => import('./SlosList.tsx') },
  { path: '/slos/new', title: 'Make an objective', place: 'slos', load: () => import('./SloForm.tsx') },
  { path: '/slos/$number', title: 'Objective', place: 'slos', load: () => import('./SloPage.tsx') },
];

export const places: readonly PagePlace[] = [
  {
    area: 'respond',
    id: 'slos',
    label: 'Objectives',
    href: '/slos',
    icon: Target,
    rank: 42,
    keys: 'g b',
    words: 'slo service level objective error budget burn rate',
    can: 'slos.read',
  },
];

export const creates: readonly PageCreate[] = [{ label: 'Make an objective', href: '/slos/new', icon: Target, can: 'slos.write', rank: 35 }];
