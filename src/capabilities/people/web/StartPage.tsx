import { routes } from '#web/areas.ts';
import { useMe } from '#web/session.ts';
import { Button } from '#web/ui/Button.tsx';
import { words } from './words.ts';

const STEPS = [
  { title: 'Test how a page reaches you', why: 'Send yourself a test on every contact, before the first page at night.', act: 'Test a contact', href: '/settings/contacts' },
  { title: 'Add a service', why: 'What people use and miss: mail, the shop, the file server.', act: 'Add a service', href: '/services/new' },
  { title: 'Add a rota', why: 'Who answers for it this week, and who next.', act: 'Add a rota', href: '/on-call/new' },
  { title: 'Connect a source of alerts', why: 'Alertmanager, Grafana, anything that speaks HTTP, or a heartbeat.', act: 'Connect a source', href: '/alerts/sources' },
  { title: 'Invite your colleagues', why: 'A desk of one person has nobody to escalate to.', act: 'Invite a person', href: '/people/invite' },
] as const;

/** What to do first on a new desk; only steps whose pages are built are shown. */
export default function StartPage() {
  const { me } = useMe();
  const built = new Set(routes.map(({ path }) => path));
  const steps = STEPS.filter(({ href }) => built.has(href));
  return (
    <div className="setsec">
      <h1>{me?.organisation ? `${words.start.title} of ${me.organisation}` : words.start.title}</h1>
      <p className="lead">{words.start.sub}</p>
      <ol className="plainrows steps">
        {steps.map((step, at) => (
          <li key={step.href}>
            <span className="rank num">{at + 1}</span>
            <span>
              <b className="b">{step.title}</b>
              <span className="why block">{step.why}</span>
            </span>
            <Button size="small" variant={at ? 'plain' : 'primary'} href={step.href}>
              {step.act}
            </Button>
          </li>
        ))}
      </ol>
    </div>
  );
}
