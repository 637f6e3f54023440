import { contract } from '#kernel/contract.ts';
import { absenceVerbs } from './absences.ts';
import { calendarVerbs } from './calendar.ts';
import { changeVerbs } from './changes.ts';
import { lookingVerbs } from './looking.ts';
import { planningVerbs } from './planning.ts';

export const rotas = contract({
  name: 'rotas',
  about: 'who is on call when: layers, changes for a time, absences, handovers',
  permissions: { 'rotas.read': 'viewer', 'rotas.override': 'responder', 'rotas.plan': 'lead' },
  kinds: {
    rota: { prefix: 'ROT', word: 'rota', page: '/on-call/{number}' },
  },
  events: {
    'rota.created': 'made the rota',
    'rota.changed': 'changed the rota',
    'rota.layerAdded': 'added a layer',
    'rota.layerChanged': 'changed a layer',
    'rota.layerRemoved': 'removed a layer',
    'rota.overridden': 'added an override',
    'rota.overrideRemoved': 'removed an override',
    'rota.temporary': 'set temporary shifts',
    'rota.temporaryCleared': 'ended temporary shifts',
    'rota.swapAsked': 'asked for cover',
    'rota.swapTaken': 'took a shift over',
    'rota.swapWithdrawn': 'withdrew a request for cover',
    'rota.swapDeclined': 'declined to take a shift',
    'rota.handoverConfirmed': 'confirmed the handover',
    'rota.looked': 'looked ahead and found what needs somebody',
    'absence.added': 'is away for a time',
    'absence.removed': 'is not away after all',
    'holidays.added': 'added a calendar of holidays',
    'holidays.read': 'read a calendar of holidays',
    'holidays.failed': 'could not read a calendar of holidays',
    'holidays.removed': 'removed a calendar of holidays',
    'rota.retired': 'retired the rota',
  },
  verbs: { ...calendarVerbs, ...planningVerbs, ...changeVerbs, ...absenceVerbs, ...lookingVerbs },
});
