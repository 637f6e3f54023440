import { Boxes, FolderInput, History, Inbox, Medal, Server, TriangleAlert, Waypoints } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';
import '#web/styles/operate.css';

export const routes: readonly PageRoute[] = [
  { path: '/services', title: 'Services', place: 'services', load: () => import('./ServicesList.tsx') },
  { path: '/services/new', title: 'Add a service', place: 'services', load: () => import('./ServiceForm.tsx') },
  { path: '/services/$number', title: 'Service', place: 'services', load: () => import('./ServicePage.tsx') },
  { path: '/components', title: 'Components', place: 'components', load: () => import('./ComponentsList.tsx') },
  { path: '/components/new', title: 'Add a component', place: 'components', load: () => import('./ComponentForm.tsx') },
  { path: '/components/$number', title: 'Component', place: 'components', load: () => import('./ComponentPage.tsx') },
  { path: '/catalog/map', title: 'Graph', place: 'map', frame: 'flush', load: () => import('./map/MapPage.tsx') },
  { path: '/catalog/single-points', title: 'Single points of failure', place: 'single-points', load: () => import('./SinglePointsPage.tsx') },
  { path: '/catalog/changes', title: 'What changed in the graph', place: 'graph-changes', load: () => import('./ChangesPage.tsx') },
  { path: '/catalog/scorecard', title: 'Scorecard', place: 'scorecard', load: () => import('./scorecard/ScorecardPage.tsx') },
  { path: '/catalog/scorecard/services', title: 'Services by scorecard', place: 'scorecard', load: () => import('./scorecard/ScoredList.tsx') },
  { path: '/catalog/inbox', title: 'Questions', place: 'inbox', load: () => import('./inbox/InboxPage.tsx') },
  { path: '/imports', title: 'Imports', place: 'imports', load: () => import('./imports/ImportsList.tsx') },
  { path: '/imports/new', title: 'Add an import', place: 'imports', load: () => import('./imports/ImportForm.tsx') },
  { path: '/imports/$number', title: 'Import', place: 'imports', load: () => import('./imports/ImportPage.tsx') },
  { path: '/imports/$number/runs/$id', title: 'Plan of an import', place: 'imports', load: () => import('./imports/RunPage.tsx') },
];

export const places: readonly PagePlace[] = [
  { area: 'catalog', id: 'services', label: 'Services', href: '/services', icon: Boxes, rank: 10, keys: 'g s', can: 'catalog.read' },
  { area: 'catalog', id: 'components', label: 'Components', href: '/components', icon: Server, rank: 20, keys: 'g m', can: 'catalog.read' },
  { area: 'catalog', id: 'map', label: 'Graph', href: '/catalog/map', icon: Waypoints, rank: 30, keys: 'g h', words: 'map dependencies impact what if', can: 'catalog.read' },
  {
    area: 'catalog',
    id: 'single-points',
    label: 'Single points',
    href: '/catalog/single-points',
    icon: TriangleAlert,
    rank: 32,
    keys: 'g f',
    words: 'failure risk resilience spof',
    can: 'catalog.read',
  },
  { area: 'catalog', id: 'graph-changes', label: 'What changed', href: '/catalog/changes', icon: History, rank: 34, keys: 'g c', can: 'catalog.read' },
  { area: 'catalog', id: 'scorecard', label: 'Scorecard', href: '/catalog/scorecard', icon: Medal, rank: 33, keys: 'g d', can: 'catalog.read' },
  {
    area: 'catalog',
    id: 'inbox',
    label: 'Questions',
    href: '/catalog/inbox',
    icon: Inbox,
    rank: 36,
    keys: 'g q',
    words: 'inbox reconciliation duplicates merge',
    can: 'catalog.read',
  },
  {
    area: 'catalog',
    id: 'imports',
    label: 'Imports',
    href: '/imports',
    icon: FolderInput,
    rank: 38,
    keys: 'g n',
    words: 'inventory backstage ansible terraform kubernetes csv sources',
    can: 'catalog.read',
  },
];

export const creates: readonly PageCreate[] = [
  { label: 'Add a service', href: '/services/new', icon: Boxes, can: 'catalog.write', rank: 10 },
  { label: 'Add a component', href: '/components/new', icon: Server, can: 'catalog.write', rank: 20 },
  { label: 'Add an import', href: '/imports/new', icon: FolderInput, can: 'catalog.import', rank: 25 },
];
