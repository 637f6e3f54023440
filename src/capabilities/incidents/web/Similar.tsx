import { useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { Ago } from '#web/ui/Time.tsx';
import { incidentsApi } from './api.ts';
import { Linked, SeverityMark } from './look.tsx';
import { words } from './words.ts';

const text = words.similar;

/** Incidents of before that are like this one, with what ended them; nothing when there is none. */
export function Similar({ number }: { readonly number: string }) {
  const { data } = useRead(incidentsApi.similar, { number }, { on: ['incident.resolved', 'incident.alertJoined'] });
  if (!data?.items.length) return null;
  return (
    <Section title={text.title} count={data.items.length}>
      <ul className="plainrows">
        {data.items.map(({ incident, severity, resolvedAt, resolution, reasons }) => (
          <li key={incident.id}>
            <span>
              <Link className="b" href={`/incidents/${incident.number}`}>
                {incident.title}
              </Link>{' '}
              <span className="id">{incident.number}</span>
              {resolution ? (
                <span className="block">
                  <b className="b">{text.ended}</b> <Linked text={resolution} />
                </span>
              ) : null}
              <span className="why block">{text.inCommon(reasons.join(', '))}</span>
            </span>
            <span className="end">
              {resolvedAt ? (
                <span className="dim s12">
                  <Ago at={resolvedAt} />
                </span>
              ) : null}
              <SeverityMark severity={severity} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
