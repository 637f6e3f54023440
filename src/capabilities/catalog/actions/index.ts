import type { Actions } from '#kernel/desk.ts';
import type { catalog } from '../contract.ts';
import { componentActions } from './components.ts';
import { edgeActions } from './edges.ts';
import { serviceActions } from './services.ts';

export const actions: Actions<typeof catalog> = { ...serviceActions, ...componentActions, ...edgeActions };
