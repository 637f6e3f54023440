const PAGES: Readonly<Record<string, string>> = {
  alert: '/alerts',
  incident: '/incidents',
  review: '/reviews',
  action: '/actions',
  person: '/people',
  team: '/teams',
  service: '/services',
  component: '/components',
  rota: '/on-call',
  policy: '/policies',
  check: '/checks',
  source: '/sources',
  import: '/imports',
};

/** Where the page of a record is; kinds that are not known here are looked up by their number. */
export const pageOf = ({ kind, number }: { readonly kind: string; readonly number: string }): string => `${PAGES[kind] ?? '/records'}/${number}`;
