import type { Actions } from '#kernel/desk.ts';
import type { notify } from '../contract.ts';
import { channelActions } from './channels.ts';
import { contactActions } from './contacts.ts';
import { phoneActions } from './phones.ts';
import { providerActions } from './providers.ts';
import { sentActions } from './sent.ts';

export const actions: Actions<typeof notify> = { ...contactActions, ...phoneActions, ...channelActions, ...providerActions, ...sentActions };
