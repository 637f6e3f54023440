const notBuilt = 'not built';
const ofTheMute = 'Maintenance begins and ends in the log of its mute; a check writes an entry only for what it found itself.';
const statusOf = 'No contact is subscribed to the course of alerts: who was paged sees by the link how it stands, and a channel is told by a step of the policy.';
const notYetDown = 'A failure that is not yet down is shown, and is no event.';
const noData = 'Without any data the share is unknown, not 0.';
const recorded = 'Who was on call is computed from the layers and changes as they were at that time, not recorded beside them.';
const silent = 'A silent monitor proves nothing: what it said last is not carried on.';

/** Family or case id → why it is skipped: `not built`, or the deliberate different decision. Everything else must pass. */
export const skips: Readonly<Record<string, string>> = {
  'alert-merge': 'A sender resolves its alerts itself: the desk invents no end, so there are no two ends to merge. A sender that falls silent shows on its source.',
  'keep-approval': 'No rule waits for an approval: what asks for a person pages or makes an action, and both are answered there.',
  'keep-resolve-first': 'A group is over when nothing of it fires: an alert that still fires is never told as over.',
  'am-route-inherit-all': 'Options of a route that was not taken have no answer of their own.',
  'am-route-labels-1': 'Routes add no labels: what they decide stands in their options.',
  'am-route-labels-2': 'Routes add no labels: what they decide stands in their options.',
  'am-route-labels-3': 'Routes add no labels: what they decide stands in their options.',
  'notification-timelines':
    'A group is not a message that is repeated on a clock: it pages once, an escalation goes on until somebody has it, and an end is told at once (docs/decisions).',
  'notify-again': 'The same: whether people are told again is decided by the escalation, by what is worse, and by what fires again.',
  'uk-beat-first-pending': notYetDown,
  'uk-beat-first-maintenance': ofTheMute,
  'uk-beat-up-maintenance': ofTheMute,
  'uk-beat-down-maintenance': ofTheMute,
  'uk-uptime-01': noData,
  'uk-uptime-05': noData,
  'uk-uptime-12': silent,
  'uk-uptime-13': silent,
  'uk-uptime-25': silent,
  'keep-dedup-full-time': 'every message is kept for 30 days as it came, so that it can be read again; a repeat is counted, not left out',
  'goalert-page-rules-added-mid': 'A page goes by the personal rules of the moment it begins; a rule that is added meanwhile counts from the next page on.',
  'goalert-page-maintenance-alert': 'A mute that begins while people are paged ends their pages: the second message of a page under maintenance helps nobody.',
  'goalert-page-maintenance-end': 'A person may page by hand also what a mute covers; that a mute holds back and tells at its end is proven on a whole desk.',
  'goalert-page-reply-codes': 'A short code belongs to a page that waits for an answer and is free when somebody has it; afterwards the number of the alert does.',
  'goalert-page-status': statusOf,
  'goalert-page-status-expire': statusOf,
  'goalert-page-missing-user': 'Nobody on call is never silent: where no step has anybody the administrators are paged, so the other five page too.',
  'goalert-shifts-active-future': recorded,
  'goalert-shifts-history-remainder': recorded,
  'goalert-shifts-rotation': recorded,
  'goalert-shifts-daily-rotation': recorded,
  'oncall-roll-21': 'Its authors call it wrong; a day in seven is a turn and six turns of nobody, and does not change after the first round.',
  'ou-zero-interval': 'A shift of no length is refused where it is typed, in words; it is not taken for another.',
  'service-management/change-conflicts': notBuilt,
  'service-management/dora': notBuilt,
  'service-management/maintenance-windows': notBuilt,
  'service-management/priority-matrices': notBuilt,
  'service-management/scores': notBuilt,
  'service-management/sla': notBuilt,
};
