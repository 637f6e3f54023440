import { Cards } from '#web/ui/Cards.tsx';
import { FORMATS } from './formats.ts';
import { words } from './words.ts';

/** The formats that can be imported, each with what it brings. */
export function FormatCards() {
  return <Cards cards={FORMATS.map(({ id, icon }) => ({ id, icon, href: `/imports/new?format=${id}`, name: words.formats[id].label, line: words.formats[id].line }))} />;
}
