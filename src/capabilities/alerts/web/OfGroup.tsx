import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { counted } from './look.tsx';
import type { Detail } from './WhyMe.tsx';
import { words } from './words.ts';

const text = words.group;

/** The others that people are told about together with this one. */
export function OfGroup({ detail: { group, alert } }: { readonly detail: Detail }) {
  if (!group) return null;
  const { lead, count, open } = group;
  return (
    <Section title={text.title} count={text.of(counted(count))}>
      <p className="s13">
        {text.fire(counted(open), counted(count), open)}{' '}
        {lead && lead.number !== alert.number ? (
          <>
            {text.paged}{' '}
            <Link className="l" href={`/alerts/${lead.number}`}>
              {lead.title}
            </Link>
            {open ? `. ${text.alone(lead.number)}` : '.'}
          </>
        ) : lead ? (
          text.leads
        ) : (
          text.untold
        )}
      </p>
      <p className="s13">
        <Link className="l" href={`/alerts?group=${group.id}`}>
          {text.show(counted(count))}
        </Link>
      </p>
    </Section>
  );
}
