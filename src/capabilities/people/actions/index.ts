import { accountActions } from './account.ts';
import { directoryActions } from './directory.ts';
import { signInActions } from './sign-in.ts';

export const actions = { ...signInActions, ...accountActions, ...directoryActions };
