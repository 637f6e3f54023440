import { Tabs } from '#web/ui/Tabs.tsx';
import { words } from './words.ts';

const TABS = [
  { id: 'routing', label: words.tabs.routing, href: '/alerts/rules' },
  { id: 'bindings', label: words.tabs.bindings, href: '/alerts/bindings' },
];

/** What is done with alerts, in two questions. */
export const RulesTabs = ({ current }: { readonly current: 'bindings' | 'routing' }) => <Tabs label={words.title} tabs={TABS} current={current} />;
