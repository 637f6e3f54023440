import { RadioTower } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';

export const routes: readonly PageRoute[] = [
  { path: '/status-pages', title: 'Status pages', place: 'status', load: () => import('./PagesList.tsx') },
  { path: '/status-pages/new', title: 'Make a status page', place: 'status', load: () => import('./NewPage.tsx') },
  { path: '/status-pages/templates', title: 'Message templates', place: 'status', load: () => import('./TemplatesPage.tsx') },
  { path: '/status-pages/$number', title: 'Status page', place: 'status', load: () => import('./StatusPagePage.tsx') },
  { path: '/status-pages/$number/post', title: 'Write a post', place: 'status', load: () => import('./PostForm.tsx') },
  { path: '/status-posts/$number', title: 'Status post', place: 'status', load: () => import('./PostPage.tsx') },
];

export const places: readonly PagePlace[] = [
  {
    area: 'respond',
    id: 'status',
    label: 'Status pages',
    href: '/status-pages',
    icon: RadioTower,
    rank: 48,
    words: 'public customers outsiders subscribers maintenance uptime templates audiences',
    can: 'status.read',
  },
];

export const creates: readonly PageCreate[] = [{ label: 'Make a status page', href: '/status-pages/new', icon: RadioTower, can: 'status.manage', rank: 70 }];
