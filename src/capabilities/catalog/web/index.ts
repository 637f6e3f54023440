import { Boxes, Server } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';
import '#web/styles/operate.css';

export const routes: readonly PageRoute[] = [
  { path: '/services', title: 'Services', place: 'services', load: () => import('./ServicesList.tsx') },
  { path: '/services/new', title: 'Add a service', place: 'services', load: () => import('./ServiceForm.tsx') },
  { path: '/services/$number', title: 'Service', place: 'services', load: () => import('./ServicePage.tsx') },
  { path: '/components', title: 'Components', place: 'components', load: () => import('./ComponentsList.tsx') },
  { path: '/components/new', title: 'Add a component', place: 'components', load: () => import('./ComponentForm.tsx') },
  { path: '/components/$number', title: 'Component', place: 'components', load: () => import('./ComponentPage.tsx') },
];

export const places: readonly PagePlace[] = [
  { area: 'catalog', id: 'services', label: 'Services', href: '/services', icon: Boxes, rank: 10, keys: 'g s', can: 'catalog.read' },
  { area: 'catalog', id: 'components', label: 'Components', href: '/components', icon: Server, rank: 20, keys: 'g m', can: 'catalog.read' },
];

export const creates: readonly PageCreate[] = [
  { label: 'Add a service', href: '/services/new', icon: Boxes, can: 'catalog.write', rank: 10 },
  { label: 'Add a component', href: '/components/new', icon: Server, can: 'catalog.write', rank: 20 },
];
