import { Archive, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useAddress, useTitle } from '#web/address.ts';
import { api, useRead, useWrite } from '#web/api.ts';
import { Confirm } from '#web/record/Confirm.tsx';
import { RecordPage } from '#web/record/RecordPage.tsx';
import { RecordSide } from '#web/record/RecordSide.tsx';
import { RecordWaiting } from '#web/record/RecordWaiting.tsx';
import { Dialog } from '#web/ui/Dialog.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useZone } from '#web/ui/now.ts';
import { Facts, Note, Section } from '#web/ui/Parts.tsx';
import { Badge, StatusText } from '#web/ui/Status.tsx';
import { In, Time } from '#web/ui/Time.tsx';
import { dayName, lengthOf } from '#web/ui/time.ts';
import { UptimeBars, UptimeTable, type UptimeDay } from '#web/ui/UptimeBars.tsx';
import { slos, type Slo } from '../contract.ts';
import { percent } from '../rules/index.ts';
import { BudgetChart } from './BudgetChart.tsx';
import { Budget, limit, LOOK, Outages, rate, share, type Detail } from './look.tsx';
import { SloFields } from './SloForm.tsx';
import './slos.css';
import { words } from './words.ts';

const text = words.page;

/** A day that spent more than its part of the budget was impaired, one that spent a fifth of all of it was down. */
function daysOf({ days, slo }: Detail): readonly UptimeDay[] {
  return days.map(({ day, achieved, spent }) => ({
    day,
    state: achieved === null ? 'unknown' : spent >= 0.2 ? 'critical' : spent > 1 / slo.windowDays ? 'warning' : 'good',
    says: achieved === null ? words.unknown : `${percent(achieved, 3)}, ${percent(spent, 1)} of the budget`,
  }));
}

function Daily({ detail }: { readonly detail: Detail }) {
  const zone = useZone();
  const [table, setTable] = useState(false);
  const days = daysOf(detail);
  const first = detail.days[0];
  return (
    <Section
      title={text.daily}
      end={
        <button type="button" className="l textual" aria-pressed={table} onClick={() => setTable(!table)}>
          {table ? text.lessTable : text.table}
        </button>
      }
    >
      <UptimeBars label={text.dailyLabel} days={days} {...(first && { from: dayName(`${first.day}T12:00:00Z`, zone).replace(/^\w+ /, '') })} />
      {table ? <UptimeTable label={text.table} days={days} /> : null}
    </Section>
  );
}

function Burns({ burns }: { readonly burns: Detail['burns'] }) {
  return (
    <Section title={text.burns}>
      <table className="flat" aria-label={text.burns}>
        <thead>
          <tr>
            <th scope="col">{text.says}</th>
            <th scope="col">{text.long}</th>
            <th scope="col">{text.short}</th>
            <th scope="col" className="r">
              {text.threshold}
            </th>
            <th scope="col">{words.state}</th>
          </tr>
        </thead>
        <tbody>
          {burns.map(({ rule, severity, longMs, shortMs, long, short, threshold, fires }) => (
            <tr key={rule}>
              <td>{text.severities[severity]}</td>
              <td className="num">
                {lengthOf(longMs)}: <b className="b">{rate(long)}</b>
              </td>
              <td className="num">
                {lengthOf(shortMs)}: <b className="b">{rate(short)}</b>
              </td>
              <td className="num r">{limit(threshold)}</td>
              <td>{fires ? <StatusText state={severity}>{text.fires}</StatusText> : <span className="dim">{text.quiet}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="dim s12">{text.burnsHint}</p>
    </Section>
  );
}

function Source({ slo }: { readonly slo: Slo }) {
  const { source } = slo;
  return (
    <Section title={text.facts}>
      <Facts
        facts={[
          { label: text.source, value: words.form.kinds[source.kind] },
          ...(source.kind === 'prometheus'
            ? [
                { label: words.form.url, value: <span className="prose">{source.url}</span> },
                { label: text.good, value: <code className="squery">{source.good}</code> },
                { label: text.total, value: <code className="squery">{source.total}</code> },
              ]
            : [
                {
                  label: text.checks,
                  value: (
                    <span>
                      {source.checks.map(({ number, title }, at) => (
                        <span key={number}>
                          {at ? ', ' : ''}
                          <Link className="l" href={`/checks/${number}`}>
                            {title}
                          </Link>
                        </span>
                      ))}
                    </span>
                  ),
                },
              ]),
          { label: text.counted, value: slo.countedUntil ? <Time at={slo.countedUntil} form="full" /> : words.unknown },
        ]}
      />
    </Section>
  );
}

/** One promise: how it stands, where its budget went, and how fast it goes. */
export default function SloPage() {
  const { number } = useAddress();
  const { data, problem } = useRead(api(slos).get, { number }, { on: ['slo.', 'check.'] });
  const [asked, setAsked] = useState<'edit' | 'retire'>();
  const close = () => setAsked(undefined);
  const retire = useWrite(api(slos).retire, close);
  useTitle(data?.slo.name);
  if (!data) return <RecordWaiting problem={problem} />;
  const { slo, points, outages, burns, goneAt, alerts, may } = data;
  const gone = slo.budgetLeft !== null && slo.budgetLeft <= 0;
  return (
    <RecordPage
      crumbs={[{ label: words.title, href: '/slos' }, { label: slo.name }]}
      title={slo.name}
      number={number}
      state={<Badge state={LOOK[slo.state]}>{words.states[slo.state]}</Badge>}
      sub={slo.sentence}
      facts={[
        { label: words.objective, value: `${percent(slo.objective, 3)} over ${words.days(slo.windowDays)}` },
        { label: words.achieved, value: share(slo.achieved, 3) },
        { label: words.budget, value: <Budget left={slo.budgetLeft} /> },
        { label: words.burn, value: rate(slo.burn) },
        { label: text.goneAt, value: goneAt ? <In at={goneAt} /> : <span className="dim">{gone ? text.goneAlready : text.notGone}</span> },
        {
          label: words.service,
          value: slo.service ? (
            <Link className="l" href={`/services/${slo.service.number}`}>
              {slo.service.title}
            </Link>
          ) : (
            '–'
          ),
        },
      ]}
      actions={
        slo.retired
          ? []
          : [
              { label: text.retire, icon: Archive, refused: may.retire, onAct: () => setAsked('retire') },
              { label: text.edit, icon: Pencil, refused: may.update, onAct: () => setAsked('edit') },
            ]
      }
      side={
        <>
          <Source slo={slo} />
          <RecordSide number={number} />
        </>
      }
    >
      {slo.retired ? <Note>{text.retired}</Note> : null}
      {slo.summary ? <p className="prose">{slo.summary}</p> : null}
      <Section title={text.chart}>
        <BudgetChart points={points} days={slo.windowDays} />
      </Section>
      <Daily detail={data} />
      <Burns burns={burns} />
      <Section title={text.ate}>
        <Outages outages={outages} />
      </Section>
      <Section title={text.alerts}>
        {alerts.length ? (
          <ul className="salerts">
            {alerts.map(({ rule, severity, since, until }) => (
              <li key={`${rule}${since}`}>
                {until ? <span className="dim">{text.severities[severity]}</span> : <StatusText state={severity}>{text.severities[severity]}</StatusText>}{' '}
                <span className="num">{text.over(rule)}</span>: <Time at={since} /> – {until ? <Time at={until} /> : text.still}
              </li>
            ))}
          </ul>
        ) : (
          <p className="dim s13">{text.alertsNone}</p>
        )}
      </Section>
      <Dialog title={text.edit} open={asked === 'edit'} onClose={close}>
        <SloFields slo={slo} onDone={close} onCancel={close} />
      </Dialog>
      <Confirm
        title={text.retireTitle(slo.name)}
        sub={text.retireText}
        act={text.retire}
        open={asked === 'retire'}
        onClose={close}
        write={retire}
        onAct={() => retire.act({ number, version: slo.version })}
      />
    </RecordPage>
  );
}
