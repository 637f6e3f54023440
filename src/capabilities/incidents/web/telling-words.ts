import { PHASE_WORDS } from '#capabilities/status/rules/index.ts';

/** Words of the part that says who was told what. */
export const tellingWords = {
  title: 'Telling others',
  none: 'Nobody outside of this room was told anything yet.',
  inside: 'Tell people of the house',
  outside: 'Tell customers',
  outsideSub: 'A draft is made from what is known. Nobody outside sees it until you send it on its own page.',
  noPage: 'There is no status page yet. Make one first.',
  draftOn: 'Draft on',
  draft: 'Draft',
  customers: 'Customers',
  audience: 'Audience',
  occasion: 'When',
  audiences: { technical: 'Technical', business: 'Business', customers: 'Customers', executives: 'Executives' },
  occasions: { begin: 'At the beginning', update: 'In between', end: 'At the end' },
  phases: PHASE_WORDS,
  subject: 'Title',
  text: 'Text',
  save: 'Save as draft',
  look: 'Look and send',
  send: 'Send',
  drop: 'Throw it away',
  goesTo: (names: string) => `It goes to ${names}.`,
  nobody: 'Nobody would get it: say who belongs to the audience (Status pages, Templates and audiences).',
  leftOut: (count: number) => `${count} who belong to the audience may not see this incident and are left out.`,
  unknown: (names: string) => `Nobody knows yet: ${names}`,
} as const;
