import * as z from 'zod';
import { flag, instant, many, number, page, pageInput, Ref, text, title, verb, version } from '#kernel/contract.ts';
import { frameVerbs } from './frame.ts';
import { Incident, IncidentPage, incidentRole, line, Meaning, noteKind, noteResult, personOrMe, severity, stage, TimelineEntry } from './shapes.ts';

const run = 'incidents.run';
const seen = version.optional();
const body = text.min(1, 'Write something first.');

export const incidentVerbs = {
  list: verb('GET /incidents', {
    can: 'incidents.read',
    about: 'list incidents, the latest declared first',
    input: {
      ...pageInput,
      live: flag.optional(),
      practice: flag.optional(),
      stage: many(stage).optional(),
      severity: many(severity).optional(),
      service: number.optional(),
      team: number.optional(),
      /** Who holds the role of commander. */
      commander: personOrMe.optional(),
      from: instant.optional(),
      until: instant.optional(),
      q: z.string().trim().max(100).optional(),
    },
    output: page(Incident),
  }),
  ...frameVerbs,
  get: verb('GET /incidents/{number}', { can: 'incidents.read', about: 'look at an incident', input: { number }, output: IncidentPage }),
  timeline: verb('GET /incidents/{number}/timeline', {
    can: 'incidents.read',
    about: 'read what happened in an incident with all texts, newest first',
    input: { number, ...pageInput, group: many(TimelineEntry.shape.group).optional() },
    output: page(TimelineEntry),
  }),
  meanings: verb('GET /incidents/{number}/meanings', {
    can: 'incidents.read',
    about: 'read how the words on what it means changed',
    input: { number },
    output: z.object({ items: z.array(Meaning) }),
  }),
  declare: verb('POST /incidents', {
    can: 'incidents.declare',
    about: 'declare an incident; who declares it is its commander until somebody else takes over',
    input: {
      title,
      severity,
      service: number.optional(),
      alert: number.optional(),
      summary: text.default(''),
      team: number.optional(),
      /** Who takes command: `me` unless said otherwise, null for nobody yet. */
      commander: personOrMe.nullable().default('me'),
      restricted: flag.default(false),
      /** For practice: the title says so, nobody outside is told, and figures count it apart. */
      practice: flag.default(false),
    },
    output: IncidentPage,
  }),
  update: verb('POST /incidents/{number}', {
    can: run,
    about: 'change the title, service or team of an incident',
    input: { number, version: seen, title: title.optional(), service: number.nullable().optional(), team: number.nullable().optional() },
    output: IncidentPage,
  }),
  advance: verb('POST /incidents/{number}/advance', {
    can: run,
    about: 'move an incident to another stage, forward or back',
    input: { number, version: seen, stage: z.enum(['declared', 'investigating', 'mitigating', 'monitoring']) },
    output: IncidentPage,
  }),
  resolve: verb('POST /incidents/{number}/resolve', {
    can: run,
    about: 'resolve an incident with one line on how it ended',
    input: {
      number,
      version: seen,
      resolution: z.string().trim().min(1, 'Say in one line how it ended.').max(500),
      review: flag.default(false),
      reviewOwner: personOrMe.optional(),
    },
    output: IncidentPage,
  }),
  reopen: verb('POST /incidents/{number}/reopen', { can: run, about: 'reopen a resolved incident', input: { number, version: seen, reason: line }, output: IncidentPage }),
  setSeverity: verb('POST /incidents/{number}/severity', {
    can: run,
    about: 'change the severity; when in doubt take the worse one',
    input: { number, version: seen, severity, reason: z.string().trim().max(500).default('') },
    output: IncidentPage,
  }),
  assign: verb('POST /incidents/{number}/roles', {
    can: run,
    about: 'give a role, hand it over, or leave it empty',
    input: { number, role: incidentRole, person: personOrMe.nullable() },
    output: IncidentPage,
  }),
  join: verb('POST /incidents/{number}/join', {
    can: run,
    about: 'join an incident, or bring somebody in',
    input: { number, person: personOrMe.default('me') },
    output: IncidentPage,
  }),
  leave: verb('POST /incidents/{number}/leave', { can: run, about: 'leave an incident', input: { number, person: personOrMe.default('me') }, output: IncidentPage }),
  writeMeaning: verb('POST /incidents/{number}/meaning', {
    can: run,
    about: 'write what the incident means for people; earlier words are kept',
    /** `revision` is the one that was seen: 0 when there was none. A newer one is answered 409. */
    input: { number, text: body, revision: z.coerce.number().int().min(0).optional() },
    output: IncidentPage,
  }),
  postUpdate: verb('POST /incidents/{number}/updates', {
    can: run,
    about: 'post an update and set the clock anew; also when there is no news',
    input: { number, text: body, stage: z.enum(['declared', 'investigating', 'mitigating', 'monitoring']).optional() },
    output: IncidentPage,
  }),
  setCadence: verb('POST /incidents/{number}/cadence', {
    can: run,
    about: 'say every how many minutes an update is due; 0 for never, null for the severity’s own',
    input: { number, everyMinutes: z.coerce.number().int().min(0).max(1440).nullable() },
    output: IncidentPage,
  }),
  addNote: verb('POST /incidents/{number}/notes', {
    can: run,
    about: 'note what was tested, changed, decided, or is not known',
    input: { number, kind: noteKind, text: body.max(2000), result: noteResult.optional() },
    output: IncidentPage,
  }),
  changeNote: verb('POST /incidents/{number}/notes/{note}', {
    can: run,
    about: 'correct a note; earlier words are kept',
    input: { number, note: z.uuid(), text: body.max(2000).optional(), result: noteResult.optional() },
    output: IncidentPage,
  }),
  answerNote: verb('POST /incidents/{number}/notes/{note}/answer', {
    can: run,
    about: 'answer an open question',
    input: { number, note: z.uuid(), answer: z.string().trim().max(2000).default('') },
    output: IncidentPage,
  }),
  addAlert: verb('POST /incidents/{number}/alerts', { can: run, about: 'say that an alert belongs to an incident', input: { number, alert: number }, output: IncidentPage }),
  removeAlert: verb('POST /incidents/{number}/alerts/remove', { can: run, about: 'take an alert out of an incident', input: { number, alert: number }, output: IncidentPage }),
  ofAlert: verb('GET /alerts/{number}/incidents', {
    can: 'incidents.read',
    about: 'list the incidents an alert belongs to',
    input: { number },
    output: z.object({ items: z.array(Ref) }),
  }),
  restrict: verb('POST /incidents/{number}/visibility', {
    can: 'incidents.restrict',
    about: 'say who may see an incident: everyone, or named readers with its roles',
    input: { number, version: seen, restricted: flag, readers: z.array(number).max(100).default([]) },
    output: IncidentPage,
  }),
  openReview: verb('POST /incidents/{number}/review', { can: run, about: 'open the review of an incident', input: { number }, output: IncidentPage }),
};
