import type { IncidentRole, ReviewState, Section, Severity, Stage } from '../contract.ts'

const SEVERITY: Readonly<Record<Severity, string>> = {
  SEV1: 'Most people cannot work, data is at risk, or the public is harmed. Updates every 30 min, a review afterwards.',
  SEV2: 'An important service fails for many, or outright for some. Updates every 30 min, a review afterwards.',
  SEV3: 'Something is impaired and there is a way round it. Updates every hour.',
  SEV4: 'A defect that few people notice. No clock runs.',
}
const STAGE: Readonly<Record<Stage, string>> = { declared: 'Declared', investigating: 'Investigating', mitigating: 'Mitigating', monitoring: 'Monitoring', resolved: 'Resolved' }
const ROLE: Readonly<Record<IncidentRole, string>> = { commander: 'Commander', operations: 'Operations', communication: 'Communication', scribe: 'Scribe' }
const ROLE_DOES: Readonly<Record<IncidentRole, string>> = {
  commander: 'Decides and keeps the overview; touches no system.', operations: 'Works on the systems.', communication: 'Writes the updates.', scribe: 'Keeps the notes.',
}
const REVIEW: Readonly<Record<ReviewState, string>> = { draft: 'Draft', 'in review': 'In review', done: 'Done' }
const SECTION: Readonly<Record<Section, string>> = { summary: 'Summary', impact: 'What people noticed', wentWell: 'What went well', wentBadly: 'What went badly', causes: 'How it came about' }
const SECTION_ASKS: Readonly<Record<Section, string>> = {
  summary: 'What happened, in words for who was not there.', impact: 'Who noticed what, for how long.', wentWell: 'What helped; keep it.',
  wentBadly: 'What stood in the way. Name things and ways of working, not people.', causes: 'What had to come together. Usually there is more than one cause.',
}

/** Texts of incidents and reviews. */
export const words = {
  severities: SEVERITY,
  stages: STAGE,
  roles: ROLE,
  roleDoes: ROLE_DOES,
  save: 'Save',
  cancel: 'Cancel',
  edit: 'Edit',
  none: 'None',
  you: 'you',
  nobody: 'Nobody',
  anyService: 'Any service',
  anySeverity: 'Any severity',
  list: {
    title: 'Incidents', live: 'Live', resolved: 'Resolved', all: 'All', declare: 'Declare incident', search: 'Search incidents', severity: 'Severity', id: 'Id', name: 'Title', stage: 'Stage', service: 'Service', commander: 'Commander',
    declared: 'Declared', lasted: 'Lasted', update: 'Update', over: 'over', due: 'in', running: 'running', noLive: 'No incident is live', noLiveText: 'When something fails for people, declare one early: it gathers everybody, starts the clock, and can be ended at any time.',
    emptyTitle: 'No incident matches', emptyText: 'Take a filter away, or look at all of them.', everything: 'Show all',
  },
  declare: {
    title: 'Declare an incident', sub: 'Say what people notice; the cause can wait. When in doubt, declare, and take the worse severity.', what: 'What people notice', whatHint: 'One line, such as “Card payments fail for 1 in 5 customers”.',
    severity: 'Severity', service: 'Service', serviceNone: 'Not known yet', team: 'Team', teamHint: 'Without one, the team of the service.', means: 'What it means', meansHint: 'Who is affected, since when, and what works. You can write it later.',
    commander: 'Commander', commanderHint: 'You, unless you choose somebody else.', restricted: 'Only people who take part may see it', restrictedHint: 'For example while a person or an attack is concerned.', submit: 'Declare incident', from: (number: string) => `From ${number}: the alert becomes part of the incident.`,
  },
  page: {
    severity: 'Change severity', resolve: 'Resolve', update: 'Post update', command: 'Take command', reopen: 'Reopen', review: 'Open review', startReview: 'Start the review', move: 'Move', also: 'Also here', bring: 'Who is here',
    resolved: 'Resolved', after: 'after', restricted: 'Restricted', since: 'Since', restrictedTip: 'Only its roles, who joined it and named readers see this incident.',
    ended: 'How it ended', reviewOf: 'Review',
  },
  meaning: { title: 'What it means', by: (name: string) => `Written by ${name},`, write: 'Write it', empty: 'Nobody has said yet what this means for people: who is affected, since when, what still works, and what happens if it lasts.', label: 'What it means for people', latest: 'Latest update', newer: 'Somebody wrote this anew while you did.', theirs: 'Take theirs', mine: 'Keep mine' },
  alerts: { title: 'Alerts that belong', none: 'No alert belongs to it.', add: 'Add an alert', remove: 'Take out', joined: 'since', label: 'Alert' },
  board: {
    title: 'What we know', add: 'Add a note', tested: 'Tested', changed: 'Changed by us', unknown: 'Unknown', decision: 'Decision', open: (count: number) => `${count} open`, nothing: { tested: 'Nothing tested yet.', changed: 'Nothing changed yet.', unknown: 'No open question.' },
    asked: 'asked', answered: 'Answered', answer: 'Answer', answerLabel: 'What is the answer?', kind: 'What it is', text: 'In one or two sentences', result: 'How it came out', results: { good: 'Works', critical: 'Fails', info: 'Worth knowing', unknown: 'Unclear' },
    kinds: { tested: 'Tested: we tried something and saw', changed: 'Changed: we did something', unknown: 'Unknown: an open question', decision: 'Decision: what we decided and why' }, fix: 'Correct', fixTitle: 'Correct the note',
  },
  about: { title: 'About', service: 'Service', team: 'Team', every: 'Updates', everyMinutes: (count: number) => `every ${count} min`, never: 'none due', own: 'set here', bySeverity: 'by severity', seen: 'Seen by', everybody: 'everybody', readers: (count: number) => `its roles, who joined, and ${count === 1 ? 'one reader' : `${count} readers`}`, change: 'Change', see: 'Who may see it', name: 'Title' },
  timeline: { label: 'Timeline', all: 'All', update: 'Updates', decision: 'Decisions', automatic: 'Automatic', filter: 'Filter', none: 'Nothing here yet.', more: 'Show earlier', desk: 'Quarterdeck', alert: 'Alert', paging: 'Paging', placeholder: 'What did you see, try or decide?', write: 'Write to the timeline', tagUpdate: 'Update' },
  ask: {
    updateTitle: 'Post an update', updateSub: 'Also when there is no news: silence is worse. It sets the clock anew.', updateText: 'What people should know now', stage: 'Stage', post: 'Post update',
    resolveTitle: 'Resolve the incident?', resolveSub: 'People work again and you expect it to stay so. The clocks stop.', resolution: 'How it ended, in one line', resolve: 'Resolve', wantReview: 'Open a review', reviewFollows: 'A review follows every SEV1 and SEV2.',
    unanswered: (count: number) => (count === 1 ? 'One question on the board has no answer yet.' : `${count} questions on the board have no answer yet.`),
    reopenTitle: 'Reopen the incident?', reopenSub: 'It goes back to Investigating, and its clocks run again.', why: 'Why', reopen: 'Reopen',
    severityTitle: 'Change the severity', severitySub: 'When in doubt, take the worse one.', severity: 'Change severity',
    moveTitle: 'Move the incident on', moveSub: 'Forward or back; the timeline keeps both.', move: 'Move',
    roleTitle: 'Give a role', role: 'Role', person: 'Person', give: 'Give the role', empty: 'Leave it empty', me: 'Take it myself',
    hereTitle: 'Who is here', bring: 'Bring in', join: 'Join', leave: 'Leave', searchPerson: 'Choose a person', alone: 'Nobody has joined besides the roles.',
    editTitle: 'Change the incident', every: 'Minutes between updates', everyHint: 'Empty: by severity. 0: none.',
    restrictTitle: 'Who may see it', restrictSub: 'Its roles and who joined it always may.', restrict: 'Only people who take part', readers: 'Further readers', addReader: 'Add', keep: 'Save',
  },
  reviews: {
    title: 'Reviews', states: REVIEW, open: 'Open', mine: 'Mine', overdue: 'Overdue', done: 'Done', all: 'All', owner: 'Owner', due: 'Due', actions: 'Actions', incident: 'Incident', state: 'State', severity: 'Severity', emptyTitle: 'No review here', emptyText: 'A review opens by itself when a SEV1 or SEV2 is resolved; for others, ask for one on the incident.',
    nobody: 'no owner', openOf: (open: number, all: number) => `${open} open of ${all}`, noActions: 'none',
  },
  review: {
    sections: SECTION, asks: SECTION_ASKS, write: 'Write', missing: 'Before it can be finished', submit: 'Give it to be read', back: 'Back to draft', finish: 'Finish', reopen: 'Reopen', edit: 'Change', finishTitle: 'Finish the review?', finishSub: 'What was learned is kept, and actions go on by themselves.', noAction: 'Why no action is needed', noActionHint: 'Only when nothing follows from it.',
    timeline: 'Timeline', picked: (count: number, all: number) => `${count} of ${all} shown`, choose: 'Choose entries', chosen: 'Done choosing', actions: 'Actions', addAction: 'Add an action', noActions: 'No action follows from it yet.', actionTitle: 'What will be done', owner: 'Owner', due: 'Due', add: 'Add', noDay: 'no day', blameless: 'Everybody did what seemed right with what they knew. Ask how it made sense, not who.',
    editTitle: 'Change the review', name: 'Title', reason: 'Why no action', finished: 'Finished', severity: 'Severity', lasted: 'Lasted',
  },
} as const
