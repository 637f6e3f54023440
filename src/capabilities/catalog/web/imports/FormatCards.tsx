import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { FORMATS } from './formats.ts';
import { words } from './words.ts';

/** The formats that can be imported, each with what it brings. */
export function FormatCards() {
  return (
    <ul className="formats">
      {FORMATS.map(({ id, icon }) => (
        <li key={id}>
          <Link href={`/imports/new?format=${id}`}>
            <Icon of={icon} size={20} />
            <b className="b">{words.formats[id].label}</b>
            <span>{words.formats[id].line}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
