import type { In, Out } from '#kernel/contract.ts';
import { api, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Skeleton } from '#web/ui/Parts.tsx';
import { StatusText } from '#web/ui/Status.tsx';
import { metrics } from '../contract.ts';
import { Figure } from './Figure.tsx';
import { hrefOf } from './opens.ts';
import { words } from './words.ts';

type Verbs = (typeof metrics)['verbs'];
const SHOWN = 8;

interface Line {
  readonly name: string;
  readonly count: number;
  readonly href: string;
  readonly note?: string;
}

/** Names with bars, the largest first; each opens what it counts. */
function Ranks({ lines }: { readonly lines: readonly Line[] }) {
  const most = Math.max(1, ...lines.map(({ count }) => count));
  return (
    <ul className="ranks">
      {lines.slice(0, SHOWN).map(({ name, count, href, note }) => (
        <li key={`${name} ${href}`}>
          <Link className="el l" href={href}>
            {name}
          </Link>
          <span className="num">{count}</span>
          <meter aria-label={name} min={0} max={most} value={count} />
          {note ? <span className="dim s12">{note}</span> : null}
        </li>
      ))}
    </ul>
  );
}

/** Incidents counted by what they have in common. */
export function RankedBy({ by, asked }: { readonly by: 'factor' | 'category' | 'service'; readonly asked: Omit<In<Verbs['incidentsBy']>, 'by'> }) {
  const { data } = useRead(api(metrics).incidentsBy, { ...asked, by });
  const text = words.ranked[by];
  if (!data) return <Skeleton width="60%" />;
  const lines = data.items.map(({ name, count, opens }) => ({ name, count, href: hrefOf(opens) }));
  const sheet = { name: `incidents-by-${by}`, head: [words.ranked.name, words.count], rows: lines.map(({ name, count, href }) => [{ text: name }, { text: count, href }]) };
  return (
    <Figure title={text.title} count={lines.length || undefined} sheet={sheet} none={!lines.length && text.none}>
      <Ranks lines={lines} />
      {lines.length > SHOWN ? <p className="dim s12 figfoot">{words.ranked.rest(lines.length - SHOWN)}</p> : null}
    </Figure>
  );
}

export function Repeats({ data: { named, repeated } }: { readonly data: Out<Verbs['repeats']> }) {
  const text = words.repeats;
  const sheet = {
    name: 'repeats',
    head: [words.ranked.name, words.count],
    rows: [
      [{ text: words.measures.namedIncidents }, { text: named.count, href: hrefOf(named.opens) }],
      [{ text: words.measures.repeatedIncidents }, { text: repeated.count, href: hrefOf(repeated.opens) }],
    ],
  };
  return (
    <Figure title={text.title} count={text.rule} sheet={sheet} none={!named.count && text.none}>
      <p className="figure-lead">
        <b className="b num">{text.say(repeated.count, named.count)}</b>
      </p>
      <p className="s12 figfoot">
        <Link className="l" href={hrefOf(repeated.opens)}>
          {text.open}
        </Link>
      </p>
    </Figure>
  );
}

export function Noisiest({ data }: { readonly data: Out<Verbs['noisiest']> }) {
  const text = words.noisiest;
  const lines = data.items.map(({ title, service, count, answered, opens }) => ({
    name: title,
    count,
    href: hrefOf(opens),
    note: [service?.title, `${text.answered.toLowerCase()} ${answered}`].filter(Boolean).join(' · '),
  }));
  const sheet = {
    name: 'noisiest-alerts',
    head: [text.alert, words.service, text.fired, text.answered],
    rows: data.items.map(({ title, service, count, answered, opens }) => [
      { text: title },
      { text: service?.title ?? '' },
      { text: count, href: hrefOf(opens) },
      { text: answered },
    ]),
  };
  return (
    <Figure title={text.title} count={text.say} sheet={sheet} none={!lines.length && text.none}>
      <Ranks lines={lines} />
    </Figure>
  );
}

const PROMISES = ['updates', 'reviews', 'actions'] as const;

/** Whether updates, reviews and actions came by when they were due. */
export function Promises({ data }: { readonly data: Out<Verbs['promises']> }) {
  const text = words.promises;
  const sheet = {
    name: 'promises',
    head: [text.what, text.keptHead, text.lateHead],
    rows: PROMISES.map((what) => [
      { text: text[what] },
      { text: data[what].all.count - data[what].late.count, href: hrefOf(data[what].all.opens) },
      { text: data[what].late.count, href: hrefOf(data[what].late.opens) },
    ]),
  };
  return (
    <Figure title={text.title} sheet={sheet}>
      <ul className="ranks">
        {PROMISES.map((what) => {
          const { all, late } = data[what];
          return (
            <li key={what}>
              <Link className="l" href={hrefOf(all.opens)}>
                {text[what]}
              </Link>
              <span className="num">{all.count ? text.kept(all.count - late.count, all.count) : <span className="dim">{text.none}</span>}</span>
              {all.count ? <meter aria-label={text[what]} min={0} max={all.count} value={all.count - late.count} /> : null}
              {late.count ? (
                <Link href={hrefOf(late.opens)}>
                  <StatusText state="warning">{text.late(late.count)}</StatusText>
                </Link>
              ) : null}
            </li>
          );
        })}
      </ul>
    </Figure>
  );
}
