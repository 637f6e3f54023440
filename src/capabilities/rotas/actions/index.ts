import { calendarActions } from './calendar.ts';
import { feedActions } from './feeds.ts';
import { layerActions } from './layers.ts';
import { movingActions } from './moving.ts';
import { rotaActions } from './rotas.ts';

export const actions = { ...calendarActions, ...rotaActions, ...layerActions, ...movingActions, ...feedActions };
