import './checks.css';
import { useMay } from '#web/session.ts';
import { Cards } from '#web/ui/Cards.tsx';
import { GROUPS } from './kinds.ts';

/** What can be looked at, in groups, each with a line on what it tells. */
export function KindGrid() {
  const mayScript = useMay('checks.script');
  return GROUPS.map(({ label, kinds }) => (
    <section key={label} className="kinds">
      <h2>{label}</h2>
      <Cards cards={kinds.filter(({ id }) => id !== 'script' || mayScript).map(({ id, label: name, line, icon }) => ({ id, icon, name, line, href: `/checks/new?kind=${id}` }))} />
    </section>
  ));
}
