import { Bell, Cable } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';
import '#web/styles/operate.css';

export const routes: readonly PageRoute[] = [
  { path: '/alerts', title: 'Alerts', place: 'alerts', load: () => import('./AlertsList.tsx') },
  { path: '/alerts/sources', title: 'Alert sources', place: 'alerts', load: () => import('./SourcesList.tsx') },
  { path: '/alerts/sources/new', title: 'Connect a source', place: 'alerts', load: () => import('./SourceForm.tsx') },
  { path: '/alerts/bindings', title: 'Binding rules', place: 'alerts', load: () => import('./BindingsPage.tsx') },
  { path: '/alerts/rules', title: 'Alert rules', place: 'alerts', load: () => import('./rules/RulesPage.tsx') },
  { path: '/alerts/$number', title: 'Alert', place: 'alerts', load: () => import('./AlertPage.tsx') },
  { path: '/sources/$number/mapping', title: 'How messages are read', place: 'alerts', load: () => import('./mapping/MappingPage.tsx') },
  { path: '/sources/$number', title: 'Alert source', place: 'alerts', load: () => import('./SourcePage.tsx') },
];

export const places: readonly PagePlace[] = [
  { area: 'respond', id: 'alerts', label: 'Alerts', href: '/alerts', icon: Bell, rank: 20, keys: 'g a', countKey: 'alerts', can: 'alerts.read' },
];

export const creates: readonly PageCreate[] = [{ label: 'Connect an alert source', href: '/alerts/sources/new', icon: Cable, can: 'alerts.configure', rank: 60 }];
