import { calendarActions } from './calendar.ts';
import { rotaActions } from './rotas.ts';

export const actions = { ...calendarActions, ...rotaActions };
