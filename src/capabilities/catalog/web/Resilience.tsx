import { ShieldPlus } from 'lucide-react';
import { Fragment, useState, type ReactNode } from 'react';
import type { Out } from '#kernel/contract.ts';
import { api, useRead } from '#web/api.ts';
import { Empty, Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { StatusIcon, StatusText } from '#web/ui/Status.tsx';
import { catalog, type Redundancy } from '../contract/index.ts';
import { Named } from './look.tsx';
import { words } from './words.ts';
import './record.css';

const text = words.resilience;
const FIRST = 8;
const PIPS_MOST = 12;
type Standing = Out<(typeof catalog)['verbs']['resilience']>;

/** One box for each provider, those to spare hollow. */
function Pips({ providers, survives }: Pick<Redundancy, 'providers' | 'survives'>) {
  if (providers > PIPS_MOST) return null;
  return (
    <span className="pips" aria-hidden="true">
      {Array.from({ length: providers }, (_, at) => (
        <i key={at} className={at < providers - Math.max(0, survives) ? 'needed' : ''} />
      ))}
    </span>
  );
}

/** The sentence with its record as a link. */
function Told({ sentence, record }: Pick<Standing['shared'][number], 'sentence' | 'record'>) {
  const at = record ? sentence.lastIndexOf(record.title) : -1;
  if (!record || at < 0) return <span>{sentence}</span>;
  return (
    <span>
      {sentence.slice(0, at)}
      <Named record={record} />
      {sentence.slice(at + record.title.length)}
    </span>
  );
}

function Group({ group, shared }: { readonly group: Redundancy; readonly shared: Standing['shared'] }) {
  const breaker = shared.find(({ breaks }) => breaks);
  const isBare = group.survives < 1;
  return (
    <li>
      <span className="b">{group.group}</span>
      <span className="mut">{text.needs(group)}</span>
      <Pips {...group} />
      <StatusText state={isBare ? 'critical' : breaker ? 'warning' : 'good'}>
        {text.survives(group.survives)}
        {breaker && !isBare ? text.unless(breaker.record?.title ?? words.unseen) : ''}
      </StatusText>
      {shared.length ? (
        <ul aria-label={`${text.shared} ${group.group}`}>
          {shared.map(({ record, sentence, breaks }, at) => (
            <li key={record?.id ?? at}>
              <StatusIcon small state={breaks ? 'warning' : 'info'} />
              <Told sentence={sentence} record={record} />
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  );
}

/** A run of things in one line, the first of them until all are asked for. */
function Run({ head, items, most }: { readonly head: string; readonly items: readonly ReactNode[]; readonly most: number }) {
  const [all, setAll] = useState(false);
  return (
    <div className="run">
      <h3>
        {head} <span className="cnt">{most}</span>
      </h3>
      <ul>
        {(all ? items : items.slice(0, FIRST)).map((item, at) => (
          <li key={at}>{item}</li>
        ))}
        {items.length > FIRST ? (
          <li>
            <button
              type="button"
              className="l textual"
              aria-expanded={all}
              aria-label={`${all ? words.impact.less : words.impact.all(items.length)}: ${head}`}
              onClick={() => setAll(!all)}
            >
              {all ? words.impact.less : words.impact.all(items.length)}
            </button>
          </li>
        ) : null}
      </ul>
    </div>
  );
}

/** How many failures the record survives, and which single ones and pairs it does not. */
export function Resilience({ number, refused, onEdit }: { readonly number: string; readonly refused: string | null; readonly onEdit: () => void }) {
  const { data, problem } = useRead(api(catalog).resilience, { number }, { on: ['edge.', 'redundancy.', 'component.', 'service.'] });
  if (!data) return <Section title={text.title}>{problem ? <Note state="warning">{problem.sentence}</Note> : <Skeleton width="70%" />}</Section>;
  const { groups, shared, single, singleCount, pairs, pairCount, pairsComplete } = data;
  const isAlone = !groups.length && !singleCount && !pairCount;
  // With one provider there is nothing to put into a group.
  const isOne = single.filter(({ hops }) => hops === 1).length < 2;
  return (
    <Section title={text.title}>
      {groups.length ? (
        <ul className="groups">
          {groups.map((group) => (
            <Group key={group.group} group={group} shared={shared.filter((each) => each.group === group.group)} />
          ))}
        </ul>
      ) : isAlone || isOne ? (
        <p className="dim s13">{isAlone ? text.nothing : text.one}</p>
      ) : (
        <Empty icon={ShieldPlus} title={text.noneTitle} sentence={text.none} first={{ label: text.set, refused, onAct: onEdit }} />
      )}
      {singleCount ? (
        <Run
          head={text.single}
          most={singleCount}
          items={single.map(({ record, hops }) => (
            <Fragment key={record?.id}>
              <Named record={record} /> <span className="dim s12">{hops === 1 ? text.directly : text.steps(hops)}</span>
            </Fragment>
          ))}
        />
      ) : groups.length ? (
        <p className="mut s13 saysmore">{text.singleNone}</p>
      ) : null}
      {pairCount ? (
        <Run
          head={text.pairs}
          most={pairCount}
          items={pairs.map(([one, other]) => (
            <>
              <Named record={one} /> <span className="dim s12">{text.and}</span> <Named record={other} />
            </>
          ))}
        />
      ) : null}
      {pairsComplete ? null : <p className="dim s12">{text.pairsCut}</p>}
    </Section>
  );
}
