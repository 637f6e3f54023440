import { CircleUserRound, KeyRound, ShieldCheck, UserPlus, UserRound, Users } from 'lucide-react';
import type { PageCreate, PagePlace, PageRoute } from '#web/pages.ts';

export const routes: readonly PageRoute[] = [
  { path: '/setup', title: 'Set up', frame: 'bare', load: () => import('./SetupPage.tsx') },
  { path: '/sign-in', title: 'Sign in', frame: 'bare', load: () => import('./SignInPage.tsx') },
  { path: '/welcome', title: 'Welcome', frame: 'bare', load: () => import('./WelcomePage.tsx') },
  { path: '/start', title: 'First ten minutes', load: () => import('./StartPage.tsx') },
  { path: '/people', title: 'People', place: 'people', load: () => import('./PeopleList.tsx') },
  { path: '/people/invite', title: 'Invite a person', place: 'people', load: () => import('./InviteForm.tsx') },
  { path: '/people/$number', title: 'Person', place: 'people', load: () => import('./PersonPage.tsx') },
  { path: '/teams', title: 'Teams', place: 'teams', load: () => import('./TeamsList.tsx') },
  { path: '/teams/new', title: 'Make a team', place: 'teams', load: () => import('./TeamForm.tsx') },
  { path: '/teams/$number', title: 'Team', place: 'teams', load: () => import('./TeamPage.tsx') },
  { path: '/settings/profile', title: 'Profile', place: 'profile', frame: 'settings', load: () => import('./ProfilePage.tsx') },
  { path: '/settings/security', title: 'Security', place: 'security', frame: 'settings', load: () => import('./SecurityPage.tsx') },
  { path: '/settings/tokens', title: 'API tokens', place: 'tokens', frame: 'settings', load: () => import('./TokensPage.tsx') },
];

export const places: readonly PagePlace[] = [
  { area: 'catalog', id: 'people', label: 'People', href: '/people', icon: UserRound, rank: 50, keys: 'g p', can: 'people.read' },
  { area: 'catalog', id: 'teams', label: 'Teams', href: '/teams', icon: Users, rank: 60, can: 'people.read' },
  { area: 'settings', id: 'profile', label: 'Profile', href: '/settings/profile', icon: CircleUserRound, rank: 10 },
  { area: 'settings', id: 'security', label: 'Security', href: '/settings/security', icon: ShieldCheck, rank: 30 },
  { area: 'settings', id: 'tokens', label: 'API tokens', href: '/settings/tokens', icon: KeyRound, rank: 40 },
];

export const creates: readonly PageCreate[] = [
  { label: 'Invite a person', href: '/people/invite', icon: UserPlus, can: 'people.manage', rank: 80 },
  { label: 'Make a team', href: '/teams/new', icon: Users, can: 'people.manageTeams', rank: 90 },
];
