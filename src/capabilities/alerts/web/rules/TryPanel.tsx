import { useEffect, useState } from 'react';
import { api, useRead } from '#web/api.ts';
import { Link } from '#web/ui/Link.tsx';
import { Note, Section, Skeleton } from '#web/ui/Parts.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { alerts } from '../../contract/index.ts';
import type { Fate } from '../../rules/index.ts';
import { counted } from '../look.tsx';
import type { Routing, Tried } from './draft.ts';
import { words } from './words.ts';

const text = words.tried;
const WAIT = 600;
/** The answer names no more than these. */
const SHOWN_MOST = 50;
const DAYS = Object.entries(text.days).map(([id, label]) => ({ id, label }));
const FATES: readonly Fate[] = ['page', 'joined', 'ticket', 'log', 'silent'];

/** The rules as they were 600 ms after the last change; those that cannot be used are not tried. */
function useSettled(draft: Routing, usable: boolean): Routing {
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    if (!usable) return;
    const wait = setTimeout(() => setSettled(draft), WAIT);
    return () => clearTimeout(wait);
  }, [draft, usable]);
  return settled;
}

/** What these rules would have made of the alerts of the past, beside those in force. */
export function TryPanel({ draft, usable }: { readonly draft: Routing; readonly usable: boolean }) {
  const [days, setDays] = useState('7');
  const settled = useSettled(draft, usable);
  const { data, problem, stale } = useRead(api(alerts).tryRouting, { rules: settled, days: Number(days) });
  const span = text.span[days] ?? '';
  return (
    <Section title={text.title} end={<Segmented label={text.daysLabel} choices={DAYS} current={days} onChoose={setDays} />}>
      <div className="rtried" aria-busy={stale || undefined}>
        {usable ? null : <Note state="unknown">{text.waits}</Note>}
        {problem ? <Note state="warning">{problem.sentence}</Note> : null}
        {data ? data.alerts ? <Outcome tried={data} span={span} /> : <p className="dim s13">{text.none(span)}</p> : problem ? null : <Skeleton width="80%" />}
      </div>
    </Section>
  );
}

function Outcome({ tried, span }: { readonly tried: Tried; readonly span: string }) {
  const { before, after, alerts: count, cut } = tried;
  const most = Math.max(1, ...FATES.flatMap((fate) => [before[fate], after[fate]]));
  return (
    <>
      <p className="rsum" aria-live="polite">
        {text.of(counted(count), span)} <b className="b num">{counted(after.page)}</b>
        {before.page === after.page ? '' : ` (${text.now(counted(before.page))})`}.
      </p>
      {cut ? <p className="dim s12">{text.cut(counted(count))}</p> : null}
      <table className="rfates" aria-label={text.label}>
        <thead>
          <tr>
            <th scope="col">{text.what}</th>
            <th scope="col" className="r">
              {text.before}
            </th>
            <th scope="col" className="r">
              {text.after}
            </th>
          </tr>
        </thead>
        <tbody>
          {FATES.map((fate) => (
            <tr key={fate}>
              <th scope="row">
                {text.fates[fate]}
                <span className="rbars" aria-hidden="true">
                  <i style={{ width: `${(before[fate] / most) * 100}%` }} />
                  <i className="then" style={{ width: `${(after[fate] / most) * 100}%` }} />
                </span>
              </th>
              <td className="r num m">{counted(before[fate])}</td>
              <td className={before[fate] === after[fate] ? 'r num' : 'r num b'}>{counted(after[fate])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <Changed tried={tried} />
      <p className="dim s12">{text.left}</p>
    </>
  );
}

function Changed({ tried: { changed } }: { readonly tried: Tried }) {
  if (!changed.length) return <p className="dim s13">{text.same}</p>;
  return (
    <>
      <h3 className="rchanged">{text.changed(changed.length, changed.length < SHOWN_MOST)}</h3>
      <ul className="lst">
        {changed.map(({ alert, before: was, after: then, rule }) => (
          <li key={alert.id} className="rfare">
            <Link className="l el" href={`/alerts/${alert.number}`}>
              {alert.title}
            </Link>
            <span className="dim s12">
              {text.fates[was]} → <b className="b">{text.fates[then]}</b>
              {rule ? `, ${rule}` : ''}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
