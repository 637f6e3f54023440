import { api, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Section, Skeleton } from '#web/ui/Parts.tsx';
import { StatusIcon } from '#web/ui/Status.tsx';
import { Ago } from '#web/ui/Time.tsx';
import { alerts } from '../contract/index.ts';
import { counted, stateOf, stateWord } from './look.tsx';
import './alert.css';
import { words } from './words.ts';

const text = words.ofService;

/** What is open about a service, one line for what belongs together. */
export function OpenAlerts({ number }: { readonly number: string }) {
  const { data } = useRead(api(alerts).groups, { service: number, limit: 20 }, { on: ['alert.'] });
  return (
    <Section
      title={text.title}
      {...(data?.items.length && { count: data.items.length })}
      end={
        data?.items.length ? (
          <Link className="l" href={`/alerts?service=${number}`}>
            All
          </Link>
        ) : null
      }
    >
      {data ? null : <Skeleton width="60%" />}
      {data?.items.length === 0 ? <p className="dim s13">{text.none}</p> : null}
      <ul className="lst">
        {data?.items.map((group) => (
          <li key={group.id}>
            <StatusIcon small state={stateOf(group)} word={stateWord(group)} />
            <Link className="b grow el" href={`/alerts/${group.alert.number}`}>
              {group.alert.title}
            </Link>
            {group.held && group.state === 'triggered' ? <span className="dim s12 nw">{stateWord(group)}</span> : null}
            {group.count > 1 ? (
              <Link className="l num nw s12 countlink" href={`/alerts?group=${group.id}`} aria-label={words.list.members(counted(group.count), group.open)}>
                ×{counted(group.count)}
              </Link>
            ) : null}
            <span className="id">{group.alert.number}</span>
            <span className="dim num nw s12">
              <Ago at={group.openedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
