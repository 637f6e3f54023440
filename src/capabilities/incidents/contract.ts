import { contract } from '#kernel/contract.ts';
import { incidentVerbs } from './contract/incident.ts';
import { changedVerbs } from './contract/changed.ts';
import { severityVerbs } from './contract/severities.ts';
import { reviewVerbs } from './contract/review.ts';
import { tellingVerbs } from './contract/telling.ts';

export * from './contract/shapes.ts';
export * from './contract/review-shapes.ts';

export const incidents = contract({
  name: 'incidents',
  about: 'incidents run to their end, and the reviews that follow',
  permissions: { 'incidents.read': 'viewer', 'incidents.declare': 'responder', 'incidents.run': 'responder', 'incidents.restrict': 'lead', 'incidents.factors': 'lead' },
  kinds: {
    incident: { prefix: 'INC', word: 'incident', page: '/incidents/{number}' },
    review: { prefix: 'REV', word: 'review', page: '/reviews/{number}' },
  },
  events: {
    'incident.declared': 'declared the incident',
    'incident.changed': 'changed the incident',
    'incident.advanced': 'moved the incident on',
    'incident.movedBack': 'moved the incident back',
    'incident.resolved': 'resolved the incident',
    'incident.reopened': 'reopened the incident',
    'incident.severityChanged': 'changed the severity',
    'incident.roleAssigned': 'gave a role',
    'incident.roleHandedOver': 'handed a role over',
    'incident.roleVacated': 'left a role empty',
    'incident.joined': 'joined',
    'incident.left': 'left',
    'incident.meaningWritten': 'wrote what it means',
    'incident.updated': 'posted an update',
    'incident.cadenceChanged': 'changed how often updates are due',
    'incident.updateOverdue': 'An update is overdue',
    'incident.noted': 'noted what we know',
    'incident.noteChanged': 'changed a note',
    'incident.noteAnswered': 'answered an open question',
    'incident.alertJoined': 'An alert joined the incident',
    'incident.alertLeft': 'took an alert out of the incident',
    'incident.alertOpened': 'An alert of the incident opened again',
    'incident.alertResolved': 'An alert of the incident resolved',
    'incident.restricted': 'restricted who may see the incident',
    'incident.unrestricted': 'let everyone see the incident',
    'incident.changeBlamed': 'said that a change was the cause',
    'incident.changeRuledOut': 'ruled a change out',
    'incident.changeOpen': 'took back what was said of a change',
    'severity.defined': 'wrote what a severity means',
    'review.opened': 'opened the review',
    'review.changed': 'changed the review',
    'review.written': 'wrote a section',
    'review.picked': 'chose what the timeline shows',
    'review.findingAdded': 'named what contributed',
    'review.findingChanged': 'changed what contributed',
    'review.findingRemoved': 'took out what contributed',
    'review.passed': 'read the review and found it complete',
    'review.due': 'The owner was reminded',
    'review.overdue': 'is overdue; the owner and the lead were told',
    'factor.changed': 'changed the list of contributing factors',
    'review.actionAdded': 'added an action',
    'review.submitted': 'gave the review to be read',
    'review.returned': 'took the review back to draft',
    'review.finished': 'closed the review',
    'review.reopened': 'reopened the review',
  },
  verbs: { ...incidentVerbs, ...changedVerbs, ...severityVerbs, ...reviewVerbs, ...tellingVerbs },
});
