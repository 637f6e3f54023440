import * as z from 'zod';
import { flag, instant, many, number, page, pageInput, verb } from '#kernel/contract.ts';
import { Alert, AlertDetail, AlertGroup, alertSeverity, alertState } from './shapes.ts';

export const alertVerbs = {
  list: verb('GET /alerts', {
    can: 'alerts.read',
    about: 'list alerts, newest first',
    input: {
      ...pageInput,
      state: many(alertState).optional(),
      severity: many(alertSeverity).optional(),
      service: number.optional(),
      source: number.optional(),
      group: z.uuid().optional(),
      q: z.string().max(100).optional(),
      from: instant.optional(),
      until: instant.optional(),
      mine: flag.optional(),
    },
    output: page(Alert),
  }),
  groups: verb('GET /alert-groups', {
    can: 'alerts.read',
    about: 'list alerts that belong together as one, the one heard last first',
    input: {
      ...pageInput,
      state: z.enum(['open', 'all']).default('open'),
      severity: many(alertSeverity).optional(),
      service: number.optional(),
      source: number.optional(),
      q: z.string().max(100).optional(),
      mine: flag.optional(),
      /** Only those of which nobody is told yet, or only the others. */
      held: flag.optional(),
    },
    output: page(AlertGroup),
  }),
  get: verb('GET /alerts/{number}', { can: 'alerts.read', about: 'look at an alert and how it reached whom', input: { number }, output: AlertDetail }),
  acknowledge: verb('POST /alerts/{number}/acknowledge', { can: 'alerts.answer', about: 'say "I have it": nobody else is paged', input: { number }, output: Alert }),
  unacknowledge: verb('POST /alerts/{number}/unacknowledge', {
    can: 'alerts.answer',
    about: 'take an acknowledgement back: paging begins anew',
    input: { number },
    output: Alert,
  }),
  escalate: verb('POST /alerts/{number}/escalate', { can: 'alerts.answer', about: 'page the next step of the policy now', input: { number }, output: Alert }),
  resolve: verb('POST /alerts/{number}/resolve', { can: 'alerts.answer', about: 'resolve an alert by hand', input: { number }, output: Alert }),
};
