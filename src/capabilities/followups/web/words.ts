/** Texts of actions. */
export const words = {
  title: 'Actions', make: 'Make an action', id: 'Id', name: 'Title', owner: 'Owner', team: 'Team', due: 'Due', about: 'About', state: 'State', priority: 'Priority', nobody: 'nobody', noDay: 'no day', none: 'None',
  states: { open: 'Open', done: 'Done', dropped: 'Dropped' },
  priorities: { high: 'High', normal: 'Normal', low: 'Low' },
  mine: 'Mine', overdue: 'Overdue', open: 'Open', all: 'All', search: 'Search actions', over: 'overdue',
  emptyTitle: 'No action here', emptyText: 'An action is a promise with an owner and a day. Most follow from the review of an incident.',
  emptyMine: 'Nothing is promised by you', emptyOverdue: 'Nothing is overdue', emptyOverdueText: 'Every open action with a day still has time.',
  complete: 'Done', drop: 'Drop', reopen: 'Take it up again', edit: 'Change', save: 'Save', dropTitle: 'Drop this action?', dropSub: 'It stays in the list with your reason.', why: 'Why', detail: 'What exactly', detailNone: 'Nobody wrote more than the title.', formSub: 'One thing that one person can finish, with the day by which it is done.',
  dueHint: 'The owner is reminded the working day before.', aboutLabel: 'Follows from', aboutHint: 'A review, an incident, a service: any record.', closed: 'Closed', dropped: 'Dropped because',
} as const
