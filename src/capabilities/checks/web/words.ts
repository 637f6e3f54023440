/** Texts of checks and heartbeats. */
export const words = {
  states: { new: 'New', up: 'Up', late: 'Late', down: 'Down', paused: 'Paused', unknown: 'No data' },
  kinds: { http: 'HTTP', heartbeat: 'Heartbeat' },
  name: 'Name', service: 'Service', kind: 'Kind', target: 'Target', last: 'Last result', uptime: 'Uptime, 30 days', state: 'State', save: 'Save', never: 'never',
  list: { title: 'Checks', make: 'Make a check', search: 'Search checks', emptyTitle: 'Nothing is checked yet', emptyText: 'A check asks an address every minute, or waits for a ping of your nightly job, and opens an alert when it fails.', noneTitle: 'No check matches', noneText: 'Try other words or another filter.' },
  page: {
    run: 'Run now', pause: 'Pause', resume: 'Resume', retire: 'Retire', edit: 'Change', retireTitle: (name: string) => `Retire ${name}?`, retireText: 'It ends. Its history and its alerts stay.',
    uptime: 'Uptime, 90 days', table: 'Days with trouble', response: 'Response time', results: 'Recent results', pings: 'Recent pings', noResults: 'No result yet. The first one comes within the interval.', noPings: 'No ping yet. Call the address below from the job.',
    time: 'Time', took: 'Took', status: 'Status', result: 'Result', from: 'From', facts: 'How it checks', ping: 'Ping address', pingHint: 'Call it at the end of the job. Keep it secret: who knows it can say that all is well.', cron: 'In a crontab', curl: 'With curl', shell: 'With start and exit status', renew: 'New address', renewed: 'This is the new address. The old one has stopped working.',
    asked: 'It is asked for a run now; the result appears here.', day: '24 hours', month: '30 days', quarter: '90 days', more: 'Show as table', less: 'Hide the table',
  },
  ofService: { title: 'Checks', none: 'Nothing watches it. A check or an alert source tells how it is.', add: 'Make a check' },
  form: {
    title: 'Make a check', sub: 'Ask an address, or wait for the ping of a job.', submit: 'Make the check', http: 'Ask an address', heartbeat: 'Wait for a ping', url: 'Address', method: 'Method', expect: 'Good statuses', expectHint: 'Like 200-299 or 200, 204.', text: 'Text the answer must contain', interval: 'Every, seconds', timeout: 'Time-out, seconds',
    failures: 'Failures in a row to go down', successes: 'Successes in a row to come up', certificate: 'Warn before the certificate ends, days', more: 'More settings', schedule: 'A ping comes', period: 'after a period', cron: 'by a cron schedule', calendar: 'by a systemd calendar', every: 'Every, minutes', cronText: 'Schedule', cronHint: 'Five fields, like 30 2 * * *.', calendarHint: 'Like Mon..Fri 02:30.', zone: 'Time zone', grace: 'Grace, minutes', graceHint: 'It may come so much later before an alert opens.', methods: 'Only by POST', manual: 'Stays paused until a person resumes it',
  },
} as const
