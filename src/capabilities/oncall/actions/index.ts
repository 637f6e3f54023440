import { calendarActions } from './calendar.ts';
import { policyActions } from './policies.ts';
import { rotaActions } from './rotas.ts';

export const actions = { ...calendarActions, ...rotaActions, ...policyActions };
