import { useAddress } from '#web/address.ts';
import { Tabs } from '#web/ui/Tabs.tsx';
import { Coverage } from './Coverage.tsx';
import { Rules } from './Rules.tsx';
import { words } from './words.ts';
import './scorecard.css';

const PAGE = '/catalog/scorecard';
const TABS = [
  { id: 'coverage', label: words.coverage.tab, href: PAGE },
  { id: 'rules', label: words.coverage.rules, href: `${PAGE}?view=rules` },
];

/** How well the services in use are looked after, and the rules by which that is said. */
export default function ScorecardPage() {
  const { search } = useAddress();
  const current = search['view'] === 'rules' ? 'rules' : 'coverage';
  return (
    <div className="scorecard">
      <div className="listhead">
        <h1>{words.title}</h1>
        <span className="cnt">{words.sub}</span>
      </div>
      <Tabs label={words.title} tabs={TABS} current={current} />
      {current === 'rules' ? <Rules /> : <Coverage />}
    </div>
  );
}
