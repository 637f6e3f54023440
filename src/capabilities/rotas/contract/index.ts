import { contract } from '#kernel/contract.ts';
import { calendarVerbs } from './calendar.ts';
import { changeVerbs } from './changes.ts';
import { planningVerbs } from './planning.ts';

export const rotas = contract({
  name: 'rotas',
  about: 'who is on call when: layers, overrides, handovers',
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
    'rota.retired': 'retired the rota',
  },
  verbs: { ...calendarVerbs, ...planningVerbs, ...changeVerbs },
});
