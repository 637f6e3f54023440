import { ListChecks } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';

export const routes: readonly PageRoute[] = [
  { path: '/actions', title: 'Actions', place: 'actions', load: () => import('./ActionsList.tsx') },
  { path: '/actions/board', title: 'Actions', place: 'actions', load: () => import('./BoardPage.tsx') },
  { path: '/actions/trackers', title: 'Issue trackers', place: 'actions', load: () => import('./TrackersPage.tsx') },
  { path: '/actions/new', title: 'Make an action', place: 'actions', load: () => import('./ActionForm.tsx') },
  { path: '/actions/$number', title: 'Action', place: 'actions', load: () => import('./ActionPage.tsx') },
];

export const places: readonly PagePlace[] = [
  { area: 'respond', id: 'actions', label: 'Actions', href: '/actions', icon: ListChecks, rank: 80, keys: 'g t', can: 'followups.read' },
];

export const creates: readonly PageCreate[] = [{ label: 'Make an action', href: '/actions/new', icon: ListChecks, can: 'followups.write', rank: 50 }];
