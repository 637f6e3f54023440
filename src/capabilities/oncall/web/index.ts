import { Waypoints } from 'lucide-react';
import type { PageCreate, PageRoute } from '#web/pages.ts';
import '#web/styles/operate.css';

export const routes: readonly PageRoute[] = [
  { path: '/policies', title: 'Escalation policies', place: 'on-call', load: () => import('./PoliciesList.tsx') },
  { path: '/policies/new', title: 'Make a policy', place: 'on-call', load: () => import('./PolicyForm.tsx') },
  { path: '/policies/$number', title: 'Escalation policy', place: 'on-call', load: () => import('./PolicyPage.tsx') },
];

export const creates: readonly PageCreate[] = [{ label: 'Make an escalation policy', href: '/policies/new', icon: Waypoints, can: 'oncall.plan', rank: 50 }];
