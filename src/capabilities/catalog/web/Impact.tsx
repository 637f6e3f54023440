import { ChevronRight, Waypoints } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { Out } from '#kernel/contract.ts';
import { api, useRead } from '#web/api.ts';
import { pageOf } from '#web/record/page-of.ts';
import { Icon } from '#web/ui/Icon.tsx';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { catalog } from '../contract/index.ts';
import { FallText, fallOf, Named } from './look.tsx';
import { words } from './words.ts';
import './record.css';

const text = words.impact;
const FIRST = 6;
type Reached = Out<(typeof catalog)['verbs']['impact']>['reached'][number];

function Path({ path }: { readonly path: Reached['path'] }) {
  return (
    <p className="way">
      {path.map((step, at) => (
        <Fragment key={step?.id ?? at}>
          {at ? <Icon of={ChevronRight} size={12} /> : null}
          <Named record={step} />
        </Fragment>
      ))}
    </p>
  );
}

function Fallen({ fallen }: { readonly fallen: Reached }) {
  const [open, setOpen] = useState(false);
  const { record, tier, usersAffected, why, path } = fallen;
  const facts = [tier ? `Tier ${tier}` : '', usersAffected ? text.users(usersAffected) : ''].filter(Boolean).join(', ');
  return (
    <li>
      <FallText fall={fallOf(fallen)} />
      <span className="what">
        <Link className="b" href={pageOf(record)}>
          {record.title}
        </Link>
        {facts ? <span className="dim s12">{facts}</span> : null}
      </span>
      <span className="id">{record.number}</span>
      <span className="because">
        {why.sentence}{' '}
        {path.length > 2 ? (
          <button type="button" className="l textual" aria-expanded={open} aria-label={`${open ? text.pathLess : text.path}: ${record.title}`} onClick={() => setOpen(!open)}>
            {open ? text.pathLess : text.path}
          </button>
        ) : null}
        {open ? <Path path={path} /> : null}
      </span>
    </li>
  );
}

/** What falls with this record when it fails now: who notices most comes first, each with its reason. */
export function Impact({ number }: { readonly number: string }) {
  const { data, problem } = useRead(api(catalog).impact, { failed: [number] }, { on: ['edge.', 'redundancy.'] });
  const [all, setAll] = useState(false);
  if (!data) return <Section title={text.title}>{problem ? <Note state="warning">{problem.sentence}</Note> : <Skeleton width="70%" />}</Section>;
  const { reached, hiddenCount, moreCount } = data;
  const left = [hiddenCount ? text.unseen(hiddenCount) : '', moreCount ? text.more(moreCount) : ''].filter(Boolean).join(' ');
  return (
    <Section
      title={text.title}
      {...(reached.length && { count: text.count(data) })}
      end={
        reached.length || hiddenCount ? (
          <Link className="l row" href={`/catalog/map?failed=${number}`}>
            <Icon of={Waypoints} size={14} />
            {text.map}
          </Link>
        ) : null
      }
    >
      {reached.length || hiddenCount ? null : <p className="dim s13">{text.none}</p>}
      <ul className="fallen">
        {(all ? reached : reached.slice(0, FIRST)).map((fallen) => (
          <Fallen key={fallen.record.id} fallen={fallen} />
        ))}
      </ul>
      {left ? <p className="dim s12 saysmore">{left}</p> : null}
      {reached.length > FIRST ? (
        <button type="button" className="l textual saysmore" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? text.less : text.all(reached.length)}
        </button>
      ) : null}
    </Section>
  );
}
