import './checks.css';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useMay } from '#web/session.ts';
import { GROUPS } from './kinds.ts';

/** What can be looked at, in groups, each with a line on what it tells. */
export function KindGrid() {
  const mayScript = useMay('checks.script');
  return GROUPS.map(({ label, kinds }) => (
    <section key={label} className="kinds">
      <h2>{label}</h2>
      <ul>
        {kinds
          .filter(({ id }) => id !== 'script' || mayScript)
          .map(({ id, label: name, line, icon }) => (
            <li key={id}>
              <Link href={`/checks/new?kind=${id}`}>
                <Icon of={icon} size={20} />
                <b className="b">{name}</b>
                <span>{line}</span>
              </Link>
            </li>
          ))}
      </ul>
    </section>
  ));
}
