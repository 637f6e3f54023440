import { Bell, Megaphone, PlugZap } from 'lucide-react';
import type { PagePlace, PageRoute } from '#web/pages.ts';

export const routes: readonly PageRoute[] = [
  { path: '/settings/contacts', title: 'Contacts and rules', place: 'contacts', frame: 'settings', load: () => import('./ContactsPage.tsx') },
  { path: '/settings/channels', title: 'Channels', place: 'channels', frame: 'settings', load: () => import('./ChannelsPage.tsx') },
  { path: '/settings/providers', title: 'Providers', place: 'providers', frame: 'settings', load: () => import('./ProvidersPage.tsx') },
];

export const places: readonly PagePlace[] = [
  { area: 'settings', id: 'contacts', label: 'Contacts and rules', href: '/settings/contacts', icon: Bell, rank: 20, can: 'notify.own' },
  { area: 'settings', id: 'channels', label: 'Channels', href: '/settings/channels', icon: Megaphone, rank: 50, can: 'notify.channels' },
  { area: 'settings', id: 'providers', label: 'Providers', href: '/settings/providers', icon: PlugZap, rank: 60, can: 'notify.providers' },
];
