/** Texts of the graph. */
export const words = {
  title: 'Graph',
  groupings: { team: 'Team', site: 'Site', tier: 'Tier', type: 'Type', none: 'None' },
  groupBy: 'Group by',
  counts: ({ services, components, edges }: { readonly services: number; readonly components: number; readonly edges: number }) =>
    [many(services, 'service'), ...(components ? [many(components, 'component')] : []), many(edges, 'dependency', 'dependencies')].join(', '),
  hidden: (count: number) => `${many(count, 'more record')} you cannot see`,
  find: 'Find and jump',
  findNone: 'Nothing in the catalog matches',
  here: 'In this picture',
  elsewhere: 'Elsewhere: shows what is around it',
  asTable: 'As table',
  asPicture: 'As picture',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show everything',
  shortcuts: 'Graph',
  panLeft: 'Move left',
  panRight: 'Move right',
  panUp: 'Move up',
  panDown: 'Move down',
  legend: 'Legend',
  direction: 'Left to right: what provides, then what uses it',
  hard: 'Fails with it',
  soft: 'Impaired by it',
  none: 'Goes on without it',
  closed: 'Closed groups',
  openGroup: 'Open the group',
  closeGroup: (label: string) => `Close ${label}`,
  openAll: 'Open all',
  closeAll: 'Close all',
  records: (count: number) => many(count, 'record'),
  more: (shown: number, more: number) =>
    `${shown} of ${shown + more} are drawn: marked and falling ones first, then services by tier. Group them, or focus on one record, to see the rest.`,
  moreEdges: (count: number) => `${count} thinner lines are left out.`,
  empty: {
    title: 'Nothing to draw yet',
    text: 'The graph shows what depends on what, and what falls when something falls. It begins with the first service.',
    add: 'Add a service',
  },
  emptyPast: { title: 'The catalog was empty then', text: 'Choose a later day.' },
  failed: 'The graph could not be drawn',
  retry: 'Try again',
  whole: 'Show the whole graph',
  focus: {
    around: 'Around',
    hops: 'Hops',
    towards: 'Direction',
    directions: { both: 'Both ways', providers: 'What it needs', consumers: 'What uses it' },
    end: 'Show everything again',
  },
  whatIf: {
    title: 'What if',
    clear: 'Clear',
    /** `services`: how many of those down; undefined where not all are known. */
    sentence: (names: readonly string[], { down, services, degraded, reduced }: Fallen) => {
      const some = services ? `${services === down && down > 1 ? 'all' : services} of them ${services === 1 ? 'a service' : 'services'}` : 'none of them a service';
      const kinds = services === undefined ? '' : services === down && down === 1 ? ', a service' : `, ${some}`;
      const parts = [down ? `${down} would be down${kinds}` : '', degraded ? `${degraded} degraded` : '', reduced ? `${reduced} would have less to spare` : ''].filter(Boolean);
      const who = names.length > 2 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(' and ');
      const fail = `${who} ${names.length > 1 ? 'fail' : 'fails'}`;
      return parts.length ? `If ${fail}: ${parts.join('; ')}.` : `Nothing else falls if ${fail}.`;
    },
    unseen: (count: number) => `and ${count} more that you cannot see`,
    listMore: (count: number) => `${count} more are not listed.`,
    unmark: (name: string) => `${name}: take the mark away`,
    heads: { down: 'Down', degraded: 'Degraded', reduced: 'Less to spare' },
    spared: 'Not impacted',
    passes: 'Failure passes on',
  },
  fates: { failed: 'Marked failed', spared: 'Marked not impacted', down: 'Down', degraded: 'Degraded', reduced: 'Less to spare' },
  panel: {
    label: 'Details',
    close: 'Close the details',
    open: 'Open the record',
    markFailed: 'Mark failed',
    unmark: 'Take the mark away',
    markSpared: 'Mark not impacted',
    focus: 'Focus',
    needs: 'Depends on',
    usedBy: 'Used by',
    nothing: 'Nothing known',
    unreached: 'Goes on',
    owner: 'Owner',
    health: 'Health',
    kind: 'Kind',
    users: 'Users affected',
    marksFull: 'Twenty records are marked already. Take one mark away first.',
    way: 'How it arrives',
    unseen: 'not visible to you',
    groupFalls: 'What falls in it',
  },
  past: {
    banner: (when: string) => `The graph as it was on ${when}. Health is known for the present only.`,
    now: 'Back to now',
    label: 'As of',
    today: 'Now',
    slider: 'Day to look at',
  },
  table: { label: 'Everything in the graph', name: 'Name', state: 'State', group: 'Group', needs: 'Depends on', usedBy: 'Used by' },
} as const;

interface Fallen {
  readonly down: number;
  readonly services: number | undefined;
  readonly degraded: number;
  readonly reduced: number;
}

function many(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : more}`;
}
