import type { Redundancy } from './graph.ts';
import type { Reason } from './outage.ts';

const SHOWN = 5;
/** What stands for the name of a record that the viewer may not see. */
export const HIDDEN = 'a record you cannot see';

/** `2 of 3 in group web are down and it needs 2: web-1, web-2.` */
export function reasonSentence(reason: Reason, nameOf: (id: string) => string): string {
  const { are, of, lost } = reason;
  const names = listed(lost.map(nameOf));
  if (reason.redundancy === null) return reason.kind === 'needs' ? `It needs ${names}, which is ${are}.` : `It uses ${names}, which is ${are}; without it, it works in part.`;
  const count = `${lost.length} of ${of} in group ${reason.group} ${lost.length === 1 ? 'is' : 'are'} ${are}`;
  if (reason.kind === 'group') return `${count} and it needs ${amount(reason.redundancy)}: ${names}.`;
  return `${count}; it needs ${amount(reason.redundancy)} and works in full, with less to spare: ${names}.`;
}

function amount({ minUp, unit }: Redundancy): string {
  return unit === 'percent' ? `${minUp} %` : String(minUp);
}

function listed(names: readonly string[]): string {
  return names.length <= SHOWN + 1 ? names.join(', ') : `${names.slice(0, SHOWN).join(', ')} and ${names.length - SHOWN} more`;
}
