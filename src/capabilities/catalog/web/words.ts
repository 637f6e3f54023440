/** Texts of services, components and dependencies. */
export const words = {
  health: { critical: 'Failing', warning: 'Impaired', good: 'Well', unknown: 'Not watched' },
  lifecycles: { planned: 'Planned', live: 'Live', retiring: 'Retiring', retired: 'Retired' },
  impacts: { hard: 'It fails too', soft: 'It is impaired', none: 'It goes on' },
  name: 'Name', summary: 'What it does', owner: 'Owner', lead: 'Lead', team: 'Owning team', tier: 'Tier', state: 'State', type: 'Type', address: 'Address', lifecycle: 'Life cycle', save: 'Save', links: 'Links', linksHint: 'One on each line: label, then address, like “Runbook https://wiki.example.com/shop”.', search: 'Search',
  tiers: ['Tier 1: the business stops without it', 'Tier 2: many people notice at once', 'Tier 3: some people wait', 'Tier 4: nobody waits'],
  list: { title: 'Services', add: 'Add a service', emptyTitle: 'No service yet', emptyText: 'A service is what people use and miss: mail, the shop, the file server. Alerts find their people through it.', noneTitle: 'No service matches', noneText: 'Try fewer words or another filter.', onCall: 'On call now', users: 'Users' },
  components: { title: 'Components', add: 'Add a component', emptyTitle: 'No component yet', emptyText: 'A component is what services stand on: hosts, databases, switches. With them a failure shows what it takes along.', noneTitle: 'No component matches', noneText: 'Try fewer words or another type.', every: 'Every type' },
  service: {
    declare: 'Declare incident', open: (number: string) => `Open ${number}`, edit: 'Change', retire: 'Retire', retireTitle: (name: string) => `Retire ${name}?`, retireText: 'Its dependencies end. Its history stays.', onCall: 'On call now', users: 'Users affected', policy: 'Pages through', facts: 'Why it stands so',
  },
  graph: { title: 'Dependencies', health: 'Health', owners: 'Owners', impact: 'If it fails', falls: 'Fails too', suffers: 'Impaired', edit: 'Edit', none: 'Nothing is known of what it depends on or what uses it. Say so, and a failure shows where it comes from.', add: 'Add a dependency', more: (count: number) => `${count} more are left out.`, hidden: (count: number) => `${count} are not open to you.` },
  edges: { title: 'Dependencies', sub: 'What it depends on, and what depends on it.', other: 'Service or component', direction: 'Direction', provider: 'It depends on', consumer: 'It is used by', impact: 'When the provider fails', note: 'Note', add: 'Add', end: 'End', none: 'No dependency yet.', cycle: 'Added. It closes a circle: ' },
  serviceForm: { title: 'Add a service', sub: 'What people use and miss.', submit: 'Add the service', slug: 'Short name', slugHint: 'Alerts with this label belong to it. Empty: made from the name.', usersHint: 'About how many people notice when it fails.' },
  componentForm: { title: 'Add a component', sub: 'What services stand on.', submit: 'Add the component', addressHint: 'Host name, address or place.' },
} as const
