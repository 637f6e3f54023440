import { api, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Section } from '#web/ui/Parts.tsx';
import { Time } from '#web/ui/Time.tsx';
import { DAY, lengthOf, ms } from '#web/ui/time.ts';
import { alerts, type Alert } from '../contract/index.ts';
import './alert.css';
import { words } from './words.ts';

const text = words.before;

/** What deployment tools changed on the service in the day before it began to fire, the nearest first. */
export function ChangesBefore({ alert: { service, openedAt } }: { readonly alert: Alert }) {
  const range = { from: new Date(ms(openedAt) - DAY).toISOString(), until: openedAt, limit: 20 };
  const { data } = useRead(api(alerts).changes, { ...range, service: service?.number ?? '' }, { enabled: service !== null });
  if (!service || !data) return null;
  return (
    <Section title={text.title} {...(data.items.length && { count: data.items.length })}>
      {data.items.length ? (
        <ul className="lst">
          {data.items.map((each) => (
            <li key={each.id} className="bchange">
              <span className="grow el">
                {each.links[0] ? (
                  <a className="l" href={each.links[0].href} target="_blank" rel="noreferrer noopener">
                    {each.summary}
                  </a>
                ) : (
                  each.summary
                )}
              </span>
              {each.source ? (
                <Link className="dim s12 nw" href={`/sources/${each.source.number}`}>
                  {each.source.title}
                </Link>
              ) : null}
              <span className="dim s12 nw num">
                {text.earlier(lengthOf(ms(openedAt) - ms(each.at)))}, <Time at={each.at} />
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="dim s13">{text.none(service.title)}</p>
      )}
    </Section>
  );
}
