import { CalendarClock, PhoneCall } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';
import '#web/styles/operate.css';

export const routes: readonly PageRoute[] = [
  { path: '/on-call', title: 'On call', place: 'on-call', load: () => import('./OnCallPage.tsx') },
  { path: '/on-call/new', title: 'Make a rota', place: 'on-call', load: () => import('./RotaForm.tsx') },
  { path: '/on-call/move-in', title: 'Move in', place: 'on-call', load: () => import('./MoveInPage.tsx') },
  { path: '/on-call/holidays', title: 'Holidays', place: 'on-call', load: () => import('./HolidaysPage.tsx') },
  { path: '/on-call/mine', title: 'My shifts', place: 'on-call', load: () => import('./MyShiftsPage.tsx') },
  { path: '/on-call/$number/handover', title: 'Handover', place: 'on-call', load: () => import('./HandoverPage.tsx') },
  { path: '/on-call/$number/from-calendar', title: 'Shifts from a calendar', place: 'on-call', load: () => import('./FromCalendarPage.tsx') },
  { path: '/on-call/$number/layers', title: 'Layers', place: 'on-call', load: () => import('./LayersPage.tsx') },
  { path: '/on-call/$number', title: 'Rota', place: 'on-call', load: () => import('./RotaPage.tsx') },
];

export const places: readonly PagePlace[] = [{ area: 'respond', id: 'on-call', label: 'On call', href: '/on-call', icon: PhoneCall, rank: 30, keys: 'g o', can: 'rotas.read' }];

export const creates: readonly PageCreate[] = [{ label: 'Make a rota', href: '/on-call/new', icon: CalendarClock, can: 'rotas.plan', rank: 40 }];
