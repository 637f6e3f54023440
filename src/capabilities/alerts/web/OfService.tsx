import { api, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Section, Skeleton } from '#web/ui/Parts.tsx';
import { StatusIcon } from '#web/ui/Status.tsx';
import { Ago } from '#web/ui/Time.tsx';
import { alerts } from '../contract/index.ts';
import { stateOf } from './look.tsx';
import { words } from './words.ts';

const text = words.ofService;

/** Open alerts of a service, worst and newest as the list gives them. */
export function OpenAlerts({ number }: { readonly number: string }) {
  const { data } = useRead(api(alerts).list, { service: number, state: ['triggered', 'acknowledged'], limit: 20 }, { on: ['alert.'] });
  return (
    <Section
      title={text.title}
      {...(data?.items.length && { count: data.items.length })}
      end={
        data?.items.length ? (
          <Link className="l" href={`/alerts?show=all&service=${number}`}>
            All
          </Link>
        ) : null
      }
    >
      {data ? null : <Skeleton width="60%" />}
      {data?.items.length === 0 ? <p className="dim s13">{text.none}</p> : null}
      <ul className="lst">
        {data?.items.map((alert) => (
          <li key={alert.id}>
            <StatusIcon small state={stateOf(alert)} word={words.states[alert.state]} />
            <Link className="b grow el" href={`/alerts/${alert.number}`}>
              {alert.title}
            </Link>
            <span className="id">{alert.number}</span>
            <span className="dim num nw s12">
              <Ago at={alert.openedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
