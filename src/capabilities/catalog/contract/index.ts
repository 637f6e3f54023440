import { contract } from '#kernel/contract.ts';
import { componentVerbs } from './components.ts';
import { edgeVerbs } from './edges.ts';
import { importVerbs } from './imports.ts';
import { inboxVerbs } from './inbox.ts';
import { mapVerbs } from './map.ts';
import { scorecardVerbs } from './scorecards.ts';
import { serviceVerbs } from './services.ts';

export { Card } from './inbox.ts';
export { ImportChange, ImportRun, ImportSource } from './imports.ts';
export { MapEdge, MapFall, mapGrouping, MapGroup, MapNode } from './map.ts';
export { ScoreRule } from './scorecards.ts';
export { Component, COMPONENT_TYPES, Edge, GraphNode, Health, impact, lifecycle, Redundancy, Service } from './shapes.ts';

export const catalog = contract({
  name: 'catalog',
  about: 'what we run, who owns it and what depends on what',
  permissions: { 'catalog.read': 'viewer', 'catalog.write': 'responder', 'catalog.import': 'lead', 'catalog.scorecard': 'lead' },
  kinds: {
    service: { prefix: 'SVC', word: 'service', page: '/services/{number}' },
    component: { prefix: 'CMP', word: 'component', page: '/components/{number}' },
    import: { prefix: 'IMP', word: 'import', page: '/imports/{number}' },
  },
  events: {
    'service.created': 'put the service into the catalog',
    'service.changed': 'changed the service',
    'service.retired': 'retired the service',
    'component.created': 'put the component into the catalog',
    'component.changed': 'changed the component',
    'component.retired': 'retired the component',
    'edge.added': 'added a dependency',
    'edge.changed': 'changed a dependency',
    'edge.ended': 'ended a dependency',
    'edges.imported': 'read dependencies from a source',
    'catalog.matched': 'found the record in a source',
    'catalog.returned': 'brought the record back: its source names it again',
    'catalog.archived': 'archived the record: no source has named it for long',
    'scorecard.ruleAdded': 'added a rule to the scorecard',
    'scorecard.ruleChanged': 'changed a rule of the scorecard',
    'scorecard.ruleRemoved': 'removed a rule from the scorecard',
    'scorecard.ordered': 'put the rules of the scorecard into another order',
    'scorecard.exempted': 'exempted the service from a rule of the scorecard',
    'scorecard.exemptionEnded': 'ended an exemption of the service',
    'import.added': 'added the import',
    'import.changed': 'changed the import',
    'import.retired': 'retired the import',
    'import.asked': 'asked for the source to be read',
    'import.read': 'read the source',
    'import.accepted': 'accepted what was read',
    'import.applied': 'applied what was read',
    'import.discarded': 'put away what was read',
    'component.merged': 'merged another component into it',
    'component.mergedAway': 'merged the component into another',
    'inbox.checked': 'looked for questions',
    'inbox.asked': 'asked for the catalog to be checked',
    'inbox.answered': 'answered a question about the record',
    'inbox.ignored': 'left a question about the record for later',
    'redundancy.set': 'said how many of a group are needed',
  },
  verbs: { ...serviceVerbs, ...componentVerbs, ...edgeVerbs, ...mapVerbs, ...importVerbs, ...inboxVerbs, ...scorecardVerbs },
});
