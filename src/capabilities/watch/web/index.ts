import { Binoculars } from 'lucide-react';
import type { PagePlace, PageRoute } from '#web/pages.ts';

export const routes: readonly PageRoute[] = [{ path: '/', title: 'Watch', place: 'watch', load: () => import('./WatchPage.tsx') }];

export const places: readonly PagePlace[] = [
  { area: 'watch', id: 'watch', label: 'Watch', href: '/', icon: Binoculars, rank: 10, keys: 'g w', countKey: 'watch', can: 'watch.read' },
];
