import { LogOut } from 'lucide-react';
import { cache } from './api.ts';
import { peopleApi } from './session.ts';
import { words } from './words.ts';

async function signOut() {
  await peopleApi.signOut({}).catch(() => undefined);
  cache.clear();
  window.location.assign('/sign-in');
}

export const signOutAction = { label: words.signOut, icon: LogOut, onAct: () => void signOut() };
