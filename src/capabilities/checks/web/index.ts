import { Activity } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';
import '#web/styles/operate.css';

export const routes: readonly PageRoute[] = [
  { path: '/checks', title: 'Checks', place: 'checks', load: () => import('./ChecksList.tsx') },
  { path: '/checks/new', title: 'Make a check', place: 'checks', load: () => import('./CheckForm.tsx') },
  { path: '/checks/move-in', title: 'Move in', place: 'checks', load: () => import('./MoveInPage.tsx') },
  { path: '/checks/$number', title: 'Check', place: 'checks', load: () => import('./CheckPage.tsx') },
];

export const places: readonly PagePlace[] = [{ area: 'respond', id: 'checks', label: 'Checks', href: '/checks', icon: Activity, rank: 40, keys: 'g k', can: 'checks.read' }];

export const creates: readonly PageCreate[] = [{ label: 'Make a check', href: '/checks/new', icon: Activity, can: 'checks.write', rank: 30 }];
