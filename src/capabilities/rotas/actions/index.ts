import { calendarActions } from './calendar.ts';
import { layerActions } from './layers.ts';
import { rotaActions } from './rotas.ts';

export const actions = { ...calendarActions, ...rotaActions, ...layerActions };
