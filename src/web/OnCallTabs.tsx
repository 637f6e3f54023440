import { Tabs } from './ui/Tabs.tsx';

const PLACES = [
  { id: 'rotas', label: 'On call now', href: '/on-call' },
  { id: 'services', label: 'By service', href: '/on-call/services' },
  { id: 'mine', label: 'My shifts', href: '/on-call/mine' },
  { id: 'policies', label: 'Escalation policies', href: '/policies' },
  { id: 'holidays', label: 'Holidays', href: '/on-call/holidays' },
] as const;

/** The pages about who is on call, whichever capability they belong to. */
export function OnCallTabs({ current }: { readonly current: (typeof PLACES)[number]['id'] }) {
  return (
    <div className="areatabs">
      <Tabs label="On call" tabs={PLACES} current={current} />
    </div>
  );
}
