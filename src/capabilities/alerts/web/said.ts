import type { Entry } from '#kernel/records/contract.ts';
import type { Paging } from '#capabilities/oncall/contract.ts';

const VERBS: Readonly<Record<string, string>> = {
  'page.started': 'is being paged',
  'page.told': 'was told',
  'page.refused': 'could not be told',
  'page.unreachable': 'cannot be reached on any contact',
  'page.ended': 'is not paged any more',
};

/** Entries about a page name the person, as far as the paging of this alert knows them. */
export function saidOf({ did, data }: Entry, paging: Paging | undefined): string | undefined {
  const verb = VERBS[did];
  const person = paging?.pages.find((page) => page.person && page.person.id === data['person'])?.person;
  return verb && person ? `${person.title} ${verb}.` : undefined;
}
