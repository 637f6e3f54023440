import { Link } from '#web/ui/Link.tsx';
import { Facts, Section, type Fact } from '#web/ui/Parts.tsx';
import { StatusText, Tier } from '#web/ui/Status.tsx';
import { Ago, Time } from '#web/ui/Time.tsx';
import type { Detail } from './WhyMe.tsx';
import { words } from './words.ts';

const text = words.alert;
const short = (key: string) => (key.length > 18 ? `${key.slice(0, 8)}…${key.slice(-6)}` : key);
const written = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** What the alert is: service, origin, source, how often it came, labels and the sender's own links. */
export function AlertFacts({ detail }: { readonly detail: Detail }) {
  const { alert, seenBefore, dedupKey, labels, details, link, links } = detail;
  const { service, source } = alert;
  const facts: readonly Fact[] = [
    {
      label: words.service,
      value: service ? (
        <>
          <Link className="l" href={`/services/${service.number}`}>
            {service.title}
          </Link>{' '}
          {service.tier ? <Tier level={service.tier} /> : null}
        </>
      ) : (
        <>
          <StatusText state="unknown">{text.unknownService}</StatusText>{' '}
          <Link className="l" href="/alerts/bindings">
            {text.bind}
          </Link>
        </>
      ),
    },
    { label: text.severity, value: words.severities[alert.severity] },
    { label: text.origin, value: alert.origin || <span className="dim">–</span> },
    {
      label: text.source,
      value: source ? (
        <Link className="l" href={`/sources/${source.number}`}>
          {source.title}
        </Link>
      ) : (
        words.desk
      ),
    },
    { label: text.began, value: <Time at={alert.startsAt ?? alert.openedAt} form="full" /> },
    {
      label: text.signals,
      value: (
        <span>
          {alert.signalCount}, last <Ago at={alert.lastSignalAt} /> ago
        </span>
      ),
    },
    {
      label: text.seen,
      value: seenBefore.count ? (
        <span>
          {seenBefore.count === 1 ? 'Once' : `${seenBefore.count} times`} in {seenBefore.days} days
          {seenBefore.last ? (
            <>
              , last{' '}
              <Link className="l" href={`/alerts/${seenBefore.last.number}`}>
                {seenBefore.last.number}
              </Link>
            </>
          ) : null}
        </span>
      ) : (
        `Never in ${seenBefore.days} days`
      ),
    },
    {
      label: text.fingerprint,
      value: (
        <code className="fp" title={dedupKey}>
          {short(dedupKey)}
        </code>
      ),
    },
  ];
  const all = [...(link ? [{ href: link, text: text.openAtSource }] : []), ...links.filter(({ href }) => href !== link)];
  const pairs = Object.entries(labels);
  // What the title and the links say already is not said again.
  const shown = new Set([alert.title, dedupKey, ...all.map(({ href }) => href)]);
  const more = Object.entries(details).filter(([, value]) => !shown.has(written(value)));
  return (
    <>
      <Section title={text.facts}>
        <Facts facts={facts} />
      </Section>
      {all.length ? (
        <Section title={text.links}>
          <ul className="lst">
            {all.map((each) => (
              <li key={each.href}>
                <a className="l el" href={each.href} target="_blank" rel="noreferrer noopener">
                  {each.text || each.href}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {pairs.length ? (
        <Section title={text.labels}>
          <div className="labels">
            {pairs.map(([name, value]) => (
              <code key={name}>
                {name}={value}
              </code>
            ))}
          </div>
        </Section>
      ) : null}
      {more.length ? (
        <Section title={text.details}>
          <Facts facts={more.map(([label, value]) => ({ label, value: <span className="prose">{written(value)}</span> }))} />
        </Section>
      ) : null}
    </>
  );
}
