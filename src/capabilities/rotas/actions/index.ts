import { absenceActions } from './absences.ts';
import { calendarActions } from './calendar.ts';
import { handoverActions } from './handover.ts';
import { holidayActions } from './holidays.ts';
import { layerActions } from './layers.ts';
import { lookingActions } from './looking.ts';
import { overrideActions } from './overrides.ts';
import { previewActions } from './preview.ts';
import { rotaActions } from './rotas.ts';
import { swapActions } from './swaps.ts';
import { temporaryActions } from './temporary.ts';

export const actions = {
  ...calendarActions,
  ...rotaActions,
  ...layerActions,
  ...overrideActions,
  ...temporaryActions,
  ...swapActions,
  ...absenceActions,
  ...holidayActions,
  ...lookingActions,
  ...handoverActions,
  ...previewActions,
};
