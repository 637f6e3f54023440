import type { Measure } from '../contract.ts'

const MEASURES: Readonly<Record<Measure, string>> = {
  timeToAcknowledge: 'Alerts by their first answer', timeToResolveAlert: 'Alerts by how long they lasted', timeToResolveIncident: 'Incidents by how long they lasted', alerts: 'Alerts', pagesOutOfHours: 'Pages out of hours',
  pages: 'Pages', incidents: 'Incidents', overdueActions: 'Overdue actions',
}

/** Texts of the metrics. */
export const words = {
  title: 'How response goes',
  sub: 'Each figure opens the list of what it counts. Never per person.',
  measures: MEASURES,
  window: 'Window', weeks: (count: number) => `${count} weeks`,
  service: 'Service', anyService: 'Any service', team: 'Team', anyTeam: 'Any team', incidentSeverity: 'Incident severity', anyIncident: 'Any incident severity', alertSeverity: 'Alert severity', anyAlert: 'Any alert severity',
  asTable: 'As table', asPicture: 'As picture', csv: 'CSV', week: 'Week of', total: 'Total', count: 'Count', from: 'From', below: 'Below',
  acknowledge: { title: 'Time to acknowledge', of: 'alerts', none: 'No alert was acknowledged in this window.', open: (count: number) => `${count} ${count === 1 ? 'alert was' : 'alerts were'} not acknowledged`, say: 'until somebody said “I have it”' },
  resolve: { title: 'Time to resolve', of: 'incidents', none: 'No incident was resolved in this window.', open: (count: number) => `${count} ${count === 1 ? 'incident is' : 'incidents are'} not resolved`, say: 'from declared to resolved' },
  half: 'half within', nine: 'nine of ten within', longest: 'longest', all: (count: number, of: string) => `${count} ${of}`,
  p50: '50 %', p90: '90 %', p95: '95 %', longer: 'and longer',
  incidents: { title: 'Incidents per week', none: 'No incident was declared in this window.' },
  alerts: { title: 'Alerts per service', none: 'No alert fired in this window.', unbound: 'Bound to no service', more: (count: number) => `${count} more services in the table` },
  pages: { title: 'Pages out of hours', rule: '22:00 to 07:00 where the person lives', all: 'All pages', out: 'Out of hours', rest: 'Other pages', none: 'Nobody was paged in this window.', of: (out: number, all: number) => `${out} of ${all}` },
  overdue: { title: 'Overdue actions', rule: 'at the end of each week', open: 'Open', overdue: 'Overdue', none: 'No action was overdue in this window.' },
  list: { record: 'Record', id: 'Id', at: 'Time', service: 'Service', severity: 'Severity', took: 'Took', open: 'not yet', emptyTitle: 'Nothing is behind this figure', emptyText: 'What it counted may have been restricted since.', back: 'Metrics', answered: 'answered', unanswered: 'without an answer', to: 'to', atLeast: 'at least', under: 'under' },
} as const
