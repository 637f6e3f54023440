import { api, useRead } from '#web/api.ts';
import { Section } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { Time } from '#web/ui/Time.tsx';
import { notify } from '../contract.ts';
import { words } from './words.ts';

const STATES = { pending: 'info', sending: 'info', sent: 'good', failed: 'critical', cancelled: 'unknown', bundled: 'info' } as const;

/** What was sent lately, with what the provider told of it. */
export function Recent() {
  const { data } = useRead(api(notify).mine, {});
  return (
    <Section title={words.recent}>
      {data?.items.length ? null : <p className="dim">{words.none}</p>}
      <ul className="plainrows">
        {data?.items.slice(0, 10).map((one) => (
          <li key={one.id}>
            <span>
              <b className="b">{one.title}</b>
              <span className="why block">
                {one.contact}. {one.result}
                {one.waitsUntil ? (
                  <>
                    {' '}
                    {words.waitsUntil} <Time at={one.waitsUntil} form="full" />.
                  </>
                ) : null}
              </span>
            </span>
            <span className="end">
              <StatusText state={STATES[one.state]}>{one.receipt ?? words.states[one.state]}</StatusText> <Time at={one.at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
