import type { PagePlace, PageRoute } from '#web/pages.ts';
import { ScrollText } from 'lucide-react';

/** Pages of the desk itself that belong to no capability. */
export const routes: readonly PageRoute[] = [
  { path: '/records/$number', title: 'Record', load: () => import('./RecordFinder.tsx') },
  { path: '/settings/audit', title: 'Activity log', frame: 'settings', load: () => import('./AuditPage.tsx') },
];

export const places: readonly PagePlace[] = [{ area: 'settings', id: 'audit', label: 'Activity log', href: '/settings/audit', icon: ScrollText, rank: 90, can: 'records.audit' }];
