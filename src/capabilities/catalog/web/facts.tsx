import { Link } from '#web/ui/Link.tsx';
import { Facts, Note, Section, type Fact } from '#web/ui/Parts.tsx';
import { Person } from '#web/ui/People.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { lengthOf, MINUTE } from '#web/ui/time.ts';
import type { Component, Service } from '../contract/index.ts';
import { Named } from './look.tsx';
import { words } from './words.ts';
import './record.css';

const text = words.agreed;

export const ownerFacts = ({ team, lead }: Pick<Component, 'team' | 'lead'>): readonly Fact[] => [
  { label: words.owner, value: team ? <Named record={team} /> : <StatusText state="warning">{words.nobody}</StatusText> },
  { label: words.lead, value: lead ? <Person person={{ id: lead.id, name: lead.title }} /> : <span className="dim">–</span> },
];

const RUNBOOK = /run ?book/i;

/** What to do when it fails has a place of its own. */
export function linkFacts({ links }: Pick<Component, 'links'>): readonly Fact[] {
  const { runbooks = [], others = [] } = Object.groupBy(links, ({ label, url }) => (RUNBOOK.test(label) || RUNBOOK.test(url) ? 'runbooks' : 'others'));
  return [
    ...(runbooks.length ? [{ label: words.runbook, value: <Links links={runbooks} /> }] : []),
    ...(others.length ? [{ label: words.links, value: <Links links={others} /> }] : []),
  ];
}

function Links({ links }: Pick<Component, 'links'>) {
  return (
    <span className="links">
      {links.map(({ label, url }) => (
        <a key={url} className="l" href={url} target="_blank" rel="noreferrer noopener">
          {label}
        </a>
      ))}
    </span>
  );
}

/** Each leads to the list of what has it too. */
export function Tags({ tags, list }: { readonly tags: readonly string[]; readonly list: '/services' | '/components' }) {
  return (
    <span className="tags">
      {tags.map((tag) => (
        <Link key={tag} className="bdg" href={`${list}?tag=${encodeURIComponent(tag)}`}>
          {tag}
        </Link>
      ))}
    </span>
  );
}

export function MergedInto({ record }: { readonly record: Component['mergedInto'] }) {
  if (!record) return null;
  return (
    <Note state="info">
      <b className="b">{words.merged}</b> <Named record={record} /> <span className="id">{record.number}</span>. {words.mergedText}
    </Note>
  );
}

/** What is agreed for a service; nothing where nothing is. */
export function Agreed({ service }: { readonly service: Service }) {
  const minutes = (count: number) => (count === 0 ? words.nothing : lengthOf(count * MINUTE));
  const facts = [
    { label: text.capability, value: service.capability },
    { label: text.rto, value: service.rtoMinutes === null ? '' : minutes(service.rtoMinutes) },
    { label: text.rpo, value: service.rpoMinutes === null ? '' : minutes(service.rpoMinutes) },
    { label: text.support, value: service.supportHours },
    { label: words.tags, value: service.tags.length ? <Tags tags={service.tags} list="/services" /> : '' },
  ].filter(({ value }) => value !== '');
  if (!facts.length) return null;
  return (
    <Section title={text.title}>
      <Facts facts={facts} />
    </Section>
  );
}
