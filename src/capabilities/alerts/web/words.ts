/** Texts of alerts, their sources and binding rules. */
export const words = {
  states: { triggered: 'Firing', acknowledged: 'Acknowledged', resolved: 'Resolved' },
  severities: { critical: 'Critical', error: 'Error', warning: 'Warning', info: 'Info' },
  desk: 'Checks of this desk',
  name: 'Name',
  about: 'What it watches',
  service: 'Service',
  serviceHint: 'Alerts that no label or rule binds belong to it.',
  never: 'never',
  save: 'Save',
  list: {
    title: 'Alerts', sources: 'Sources', bindings: 'Binding rules', severity: 'Every severity', source: 'Every source', anyService: 'Every service',
    emptyTitle: 'No alert here', emptyText: 'Nothing fires that matches. Other filters above may show more.',
    firstTitle: 'No source is connected yet', firstText: 'Connect Alertmanager or anything that speaks PagerDuty Events, and its alerts arrive here and page whoever is on call.', first: 'Connect a source',
  },
  alert: {
    acknowledge: 'Acknowledge', escalate: 'Pass on', resolve: 'Resolve', declare: 'Declare incident', takeBack: 'Take back', why: 'Why did I get this?', howMe: 'How it reached you', how: 'How it reached people',
    told: 'Who was told when', toldNone: 'Nobody was told about it.', next: 'Next step, if nobody answers', facts: 'Facts', seen: 'Seen before', fingerprint: 'Key', origin: 'Origin', severity: 'Severity', source: 'Source',
    labels: 'Labels', details: 'Details', links: 'Links', began: 'Firing since', signals: 'Signals', openAtSource: 'Open at the source', unknownService: 'Not bound to a service', bind: 'Write a binding rule',
  },
  ofService: { title: 'Open alerts', none: 'No alert is open.' },
  sources: {
    title: 'Alert sources', sub: 'who sends alerts to this desk', connect: 'Connect a source', emptyTitle: 'No source is connected yet', emptyText: 'A source is one monitoring system with its own key. Connect it, paste the snippet, and send a test.',
    quiet: 'No signal yet', healthy: 'Receiving', failing: 'Last message failed', waiting: 'Waiting',
  },
  sourceForm: {
    title: 'Connect a source', sub: 'One monitoring system. You get a key and a piece of configuration to paste.', submit: 'Make the key', done: (name: string) => `${name} is connected`,
    once: 'Copy the key now. It is shown only once; a second one can be made at any time.', key: 'Key', open: 'Open the source', webhook: 'Alertmanager, as webhook', pagerduty: 'Alertmanager, as PagerDuty', curl: 'Anything else, with curl',
    webhookHint: 'Put it into alertmanager.yml and reload. Resolved alerts arrive by themselves.', pagerdutyHint: 'For receivers that speak PagerDuty already: only the address and the key change.', curlHint: 'Run it to see an alert here within a second.',
  },
  source: {
    test: 'Send a test', newKey: 'Make a second key', retire: 'Disconnect', edit: 'Change', retireTitle: (name: string) => `Disconnect ${name}?`, retireText: 'Its keys stop at once, and the sender gets an error. Alerts that are open stay open.',
    keys: 'Keys', revoke: 'Revoke', noKeys: 'No key works. Make one to receive again.', recent: 'Recent messages', noRecent: 'Nothing has arrived yet. Send a test, or look at the sender.', last: 'Last signal', failure: 'Last failure', failed: 'Failed', body: 'Raw message',
  },
  bindings: {
    title: 'Binding rules', sub: 'Which service an alert belongs to, when its labels do not say so. The first rule that matches decides.', matchers: 'Labels', matchersHint: 'Like {job="node", instance=~"db-.*"}', add: 'Add a rule', save: 'Save the rules', remove: 'Remove', up: 'Move up', down: 'Move down',
    saved: 'Saved. They apply to alerts from now on.', before: (names: string) => `Asked before the rules: the labels ${names}. An alert with one of them is bound to the service of that name.`, emptyTitle: 'No rule yet', emptyText: 'Alerts without a service page the default policy. A rule sends them to the right people.',
  },
} as const
