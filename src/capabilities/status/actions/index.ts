import type { Actions } from '#kernel/desk.ts';
import type { status } from '../contract/index.ts';
import { componentActions } from './components.ts';
import { pageActions } from './pages.ts';
import { postActions } from './posts.ts';
import { tellingActions } from './telling.ts';

export const actions: Actions<typeof status> = { ...pageActions, ...componentActions, ...postActions, ...tellingActions };
