import { BellOff } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';

export const routes: readonly PageRoute[] = [
  { path: '/mutes', title: 'Mutes', place: 'mutes', load: () => import('./MutesList.tsx') },
  { path: '/mutes/new', title: 'Mute something', place: 'mutes', load: () => import('./MuteForm.tsx') },
  { path: '/mutes/calendar', title: 'Calendar of mutes', place: 'mutes', load: () => import('./CalendarPage.tsx') },
  { path: '/mutes/$number', title: 'Mute', place: 'mutes', load: () => import('./MutePage.tsx') },
];

export const places: readonly PagePlace[] = [
  {
    area: 'respond',
    id: 'mutes',
    label: 'Mutes',
    href: '/mutes',
    icon: BellOff,
    rank: 45,
    keys: 'g u',
    words: 'maintenance silence quiet window calendar snooze',
    can: 'mutes.read',
  },
];

export const creates: readonly PageCreate[] = [{ label: 'Mute something', href: '/mutes/new', icon: BellOff, can: 'mutes.write', rank: 30 }];
