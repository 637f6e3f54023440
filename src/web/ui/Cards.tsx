import '#web/styles/cards.css';
import { Icon, type Picture } from './Icon.tsx';
import { Link } from './Link.tsx';

export interface Card {
  readonly id: string;
  readonly href: string;
  readonly icon: Picture;
  readonly name: string;
  /** What choosing it brings. */
  readonly line: string;
}

/** Something to choose first, each choice with a line on what it brings. */
export function Cards({ cards }: { readonly cards: readonly Card[] }) {
  return (
    <ul className="cards">
      {cards.map(({ id, href, icon, name, line }) => (
        <li key={id}>
          <Link href={href}>
            <Icon of={icon} size={20} />
            <b className="b">{name}</b>
            <span>{line}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
