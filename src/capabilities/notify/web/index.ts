import { Bell } from 'lucide-react';
import type { PagePlace, PageRoute } from '#web/pages.ts';

export const routes: readonly PageRoute[] = [
  { path: '/settings/contacts', title: 'Contacts and rules', place: 'contacts', frame: 'settings', load: () => import('./ContactsPage.tsx') },
];

export const places: readonly PagePlace[] = [
  { area: 'settings', id: 'contacts', label: 'Contacts and rules', href: '/settings/contacts', icon: Bell, rank: 20, can: 'notify.own' },
];
