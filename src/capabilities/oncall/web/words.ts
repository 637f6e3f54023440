/** Texts of rotas, overrides and escalation policies. */
export const words = {
  title: 'On call', save: 'Save', name: 'Name', about: 'What for', nobody: 'Nobody', policies: 'Escalation policies', team: 'Team',
  overview: { now: 'On call now', next: 'Next', until: 'until', mine: (names: string) => `You are on call now in ${names}.`, make: 'Make a rota', emptyTitle: 'Nobody is on call', emptyText: 'A rota says who answers this week and who next. Make the first one, then put it into an escalation policy.' },
  rota: {
    edit: 'Edit layers', change: 'Change', retire: 'Retire', override: 'Add override', who: 'Who takes over', whoNone: 'Leave it empty and nobody is on call.', from: 'From', until: 'Until', layer: 'Only in layer', anyLayer: 'Over all layers', note: 'Note', addTitle: 'Add an override',
    overrides: 'Overrides', overridesSub: 'win over all layers', result: 'Who is paged', resultSub: 'the result', together: 'And with them', togetherSub: 'paged at once', week: 'Week', two: '2 weeks', month: 'Month', today: 'Today', earlier: 'Earlier', later: 'Later', cover: 'Find cover',
    handovers: 'Next handovers', when: 'When', before: 'From', after: 'To', noHandovers: 'No handover is ahead.', planned: 'Planned overrides', noOverrides: 'No override in this window.', remove: 'Remove', coverage: 'Coverage', complete: 'No gap', usedBy: 'Used by', unused: 'No policy uses it',
    retireTitle: (name: string) => `Retire ${name}?`, retireText: 'Nobody is on call through it from now on. What it did stays.',
  },
  layer: {
    title: 'Layers', add: 'Add a layer', addTitle: 'Add a layer', editTitle: 'Change the layer', remove: 'End the layer', kind: 'Hands over', length: 'Every', start: 'One handover', startHint: 'On the clock of the rota. All others follow from it.', people: 'People, in turn', addPerson: 'Add a person', priority: 'Rank', priorityHint: 'The higher rank wins where layers overlap; equal ranks are on call together.',
    kinds: { hourly: 'by the hour', daily: 'by the day', weekly: 'by the week', monthly: 'by the month' }, change: 'Change', up: 'Move up', down: 'Move down', out: 'Remove', layerName: 'Name of the layer', fromNow: 'A change counts from now on; the past stays as it was.', none: 'Nobody is in this layer yet.',
  },
  rotaForm: { title: 'Make a rota', sub: 'Who is on call, in turn. More layers and overrides come later.', submit: 'Make the rota', zone: 'Time zone', zoneHint: 'Handovers stay at the same clock time when the clocks change.' },
  policy: {
    title: 'Escalation policies', sub: 'who is paged in which order', make: 'Make a policy', formTitle: 'Make an escalation policy', formSub: 'Whom to page first, and whom next when nobody answers.', submit: 'Make the policy', emptyTitle: 'No escalation policy yet', emptyText: 'Without a policy alerts page nobody but the administrators. The first one should be the default.',
    steps: 'Steps', step: 'Step', targets: 'Whom to page', addTarget: 'Add a rota, person or team', wait: 'Minutes to wait for an answer', addStep: 'Add a step', removeStep: 'Remove step', repeat: 'Begin again', repeatHint: 'How often it starts over when nobody answers. Then the administrators are paged.', isDefault: 'Use it for every service without a policy', standard: 'Default',
    preview: 'Who would be paged now', after: (minutes: number) => (minutes ? `after ${minutes} min` : 'at once'), services: 'Services it covers', noServices: 'No service is covered by name.', defaultServices: 'As the default it covers every service that no other policy covers.', addService: 'Add', service: 'Service', release: 'Take off', edit: 'Change', retire: 'Retire', retireTitle: (name: string) => `Retire ${name}?`, retireText: 'It pages nobody from now on. Pages that run go on as they began.', covers: 'Covers', first: 'First step',
  },
} as const
