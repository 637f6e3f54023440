import { PhoneOutgoing, Waypoints } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';
import '#web/styles/operate.css';

export const routes: readonly PageRoute[] = [
  { path: '/policies', title: 'Escalation policies', place: 'on-call', load: () => import('./PoliciesList.tsx') },
  { path: '/policies/new', title: 'Make a policy', place: 'on-call', load: () => import('./PolicyForm.tsx') },
  { path: '/policies/$number', title: 'Escalation policy', place: 'on-call', load: () => import('./PolicyPage.tsx') },
  { path: '/on-call/services', title: 'On call for all services', place: 'on-call', load: () => import('./ServicesPage.tsx') },
  { path: '/pages', title: 'Pages', place: 'pages', load: () => import('./PagesList.tsx') },
];

export const places: readonly PagePlace[] = [
  { area: 'respond', id: 'pages', label: 'Pages', href: '/pages', icon: PhoneOutgoing, rank: 32, words: 'paged escalation history attempts', can: 'oncall.read' },
];

export const creates: readonly PageCreate[] = [{ label: 'Make an escalation policy', href: '/policies/new', icon: Waypoints, can: 'oncall.plan', rank: 50 }];
