import { Lock } from 'lucide-react';
import { Button } from '#web/ui/Button.tsx';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Facts, Section, type Fact } from '#web/ui/Parts.tsx';
import type { IncidentPage } from '../contract.ts';
import type { Asked } from './Ask.tsx';
import { words } from './words.ts';

const text = words.about;

/** What the incident is about and who may see it. */
export function About({ page, ask }: { readonly page: IncidentPage; readonly ask: (asked: Asked) => void }) {
  const { incident, may, readers, review } = page;
  const { service, team, cadenceMinutes, everyMinutes, restricted, stage } = incident;
  const none = <span className="dim">{words.none}</span>;
  const every = (
    <>
      {cadenceMinutes ? text.everyMinutes(cadenceMinutes) : text.never} <span className="dim">{everyMinutes === null ? text.bySeverity : text.own}</span>
    </>
  );
  const seen = restricted ? (
    <>
      <Icon of={Lock} size={14} dim /> {text.readers(readers.length)}
    </>
  ) : (
    text.everybody
  );
  const facts: readonly Fact[] = [
    {
      label: text.service,
      value: service ? (
        <Link className="l" href={`/services/${service.number}`}>
          {service.title}
        </Link>
      ) : (
        none
      ),
    },
    {
      label: text.team,
      value: team ? (
        <Link className="l" href={`/teams/${team.number}`}>
          {team.title}
        </Link>
      ) : (
        none
      ),
    },
    ...(stage === 'resolved' ? [] : [{ label: text.every, value: every }]),
    { label: text.seen, value: seen },
    ...(review
      ? [
          {
            label: words.page.reviewOf,
            value: (
              <Link className="l" href={`/reviews/${review.number}`}>
                {review.title} <span className="id">{review.number}</span>
              </Link>
            ),
          },
        ]
      : []),
  ];
  return (
    <Section
      title={text.title}
      end={
        <>
          {may.restrict ? null : (
            <Button variant="quiet" size="small" onClick={() => ask({ about: 'restrict' })}>
              {text.see}
            </Button>
          )}
          <Button variant="quiet" size="small" refused={may.update} onClick={() => ask({ about: 'edit' })}>
            {text.change}
          </Button>
        </>
      }
    >
      <Facts facts={facts} />
    </Section>
  );
}
