import { contract } from '#kernel/contract.ts';
import { alertVerbs } from './alerts.ts';
import { bindingVerbs } from './bindings.ts';
import { changeVerbs } from './changes.ts';
import { mappingVerbs } from './mapping.ts';
import { routingVerbs } from './routing.ts';
import { sourceVerbs } from './sources.ts';

export { Alert, AlertGroup, alertSeverity } from './shapes.ts';

export const alerts = contract({
  name: 'alerts',
  about: 'conditions that are firing, from any monitoring system, deduplicated and bound to a service',
  permissions: { 'alerts.read': 'viewer', 'alerts.answer': 'responder', 'alerts.configure': 'lead' },
  kinds: {
    alert: { prefix: 'ALR', word: 'alert', page: '/alerts/{number}' },
    source: { prefix: 'SRC', word: 'alert source', page: '/sources/{number}' },
  },
  events: {
    'alert.opened': 'began to fire',
    'alert.acknowledged': 'acknowledged the alert',
    'alert.resolved': 'resolved the alert',
    'alert.escalated': 'passed the alert on',
    'alert.reopened': 'took the acknowledgement back',
    'alert.firesAgain': 'fired again',
    'alert.worse': 'became worse',
    'alert.held': 'was held back',
    'alert.released': 'is held back no more',
    'alert.ticketed': 'asked for an action',
    'routing.changed': 'changed where alerts go',
    'source.created': 'connected the source',
    'source.changed': 'changed the source',
    'source.keyMade': 'made a key',
    'source.keyRevoked': 'revoked a key',
    'source.retired': 'disconnected the source',
    'source.tested': 'sent a test signal',
    'source.mapped': 'changed how messages are read',
    'source.replayed': 'took messages in again',
    'source.silent': 'has been silent for longer than usual',
    'source.failing': 'sends what cannot be read',
    'source.heard': 'is heard again',
    'bindings.changed': 'changed the binding rules',
  },
  verbs: { ...alertVerbs, ...sourceVerbs, ...bindingVerbs, ...mappingVerbs, ...changeVerbs, ...routingVerbs },
});
