import type { Out } from '#kernel/contract.ts';
import { Link } from '#web/ui/Link.tsx';
import { dayName } from '#web/ui/time.ts';
import type { metrics } from '../contract.ts';
import { Bars, type Bar } from './Bars.tsx';
import { Figure } from './Figure.tsx';
import { hrefOf } from './opens.ts';
import { words } from './words.ts';

type Verbs = (typeof metrics)['verbs'];
const SEVERITIES = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;
const SHADES = { SEV1: 1, SEV2: 2, SEV3: 3, SEV4: 4 } as const;

/** "2 Nov" */
export const weekName = (week: string): string => dayName(`${week}T12:00:00Z`, 'UTC').split(' ').slice(1, 3).join(' ');
const ticks = (count: number) => Math.ceil(count / 4);
const tickOf = (week: string, at: number, count: number): Pick<Bar, 'tick'> => (at % ticks(count) === 0 ? { tick: weekName(week) } : {});

export function IncidentsPerWeek({ data }: { readonly data: Out<Verbs['incidentsPerWeek']> }) {
  const text = words.incidents;
  const countOf = (week: (typeof data.weeks)[number], severity: string) => week.severities.find((each) => each.severity === severity);
  const sheet = {
    name: 'incidents-per-week',
    head: [words.week, ...SEVERITIES, words.total],
    rows: data.weeks.map((week) => [
      { text: week.week },
      ...SEVERITIES.map((severity) => ({ text: countOf(week, severity)?.count ?? 0, href: countOf(week, severity) && hrefOf(countOf(week, severity)?.opens ?? week.opens) })),
      { text: week.count, href: hrefOf(week.opens) },
    ]),
  };
  return (
    <Figure title={text.title} count={data.weeks.reduce((sum, week) => sum + week.count, 0)} sheet={sheet} none={data.weeks.every((week) => !week.count) && text.none}>
      <Bars
        label={text.title}
        bars={data.weeks.map((week, at) => ({
          id: week.week,
          ...tickOf(week.week, at, data.weeks.length),
          parts: SEVERITIES.flatMap((severity) => {
            const found = countOf(week, severity);
            return found?.count
              ? [{ count: found.count, shade: SHADES[severity], href: hrefOf(found.opens), label: `${words.week} ${weekName(week.week)}: ${found.count} ${severity}` }]
              : [];
          }),
        }))}
      />
      <p className="legend">
        {SEVERITIES.map((severity) => (
          <span key={severity}>
            <i className={`part s${SHADES[severity]}`} />
            {severity}
          </span>
        ))}
      </p>
    </Figure>
  );
}

export function PagesOutOfHours({ data }: { readonly data: Out<Verbs['pagesOutOfHours']> }) {
  const text = words.pages;
  const [all, out] = [data.weeks.reduce((sum, week) => sum + week.all.count, 0), data.weeks.reduce((sum, week) => sum + week.outOfHours.count, 0)];
  const sheet = {
    name: 'pages-out-of-hours',
    head: [words.week, text.out, text.all],
    rows: data.weeks.map((week) => [
      { text: week.week },
      { text: week.outOfHours.count, href: hrefOf(week.outOfHours.opens) },
      { text: week.all.count, href: hrefOf(week.all.opens) },
    ]),
  };
  return (
    <Figure title={text.title} count={all ? text.of(out, all) : text.rule} sheet={sheet} none={!all && text.none}>
      <Bars
        label={text.title}
        bars={data.weeks.map((week, at) => ({
          id: week.week,
          ...tickOf(week.week, at, data.weeks.length),
          parts: [
            {
              count: week.outOfHours.count,
              shade: 1,
              href: hrefOf(week.outOfHours.opens),
              label: `${words.week} ${weekName(week.week)}: ${week.outOfHours.count} ${text.out.toLowerCase()}`,
            },
            { count: week.all.count - week.outOfHours.count, shade: 4, href: hrefOf(week.all.opens), label: `${words.week} ${weekName(week.week)}: ${week.all.count} in all` },
          ],
        }))}
      />
      <p className="legend">
        <span>
          <i className="part s1" />
          {text.out}
        </span>
        <span>
          <i className="part s4" />
          {text.rest}
        </span>
        <span className="dim">{text.rule}</span>
      </p>
    </Figure>
  );
}

export function OverdueActions({ data }: { readonly data: Out<Verbs['overdueActions']> }) {
  const text = words.overdue;
  const sheet = {
    name: 'overdue-actions',
    head: [words.week, text.overdue, text.open],
    rows: data.weeks.map((week) => [{ text: week.week }, { text: week.overdue.count, href: hrefOf(week.overdue.opens) }, { text: week.open }]),
  };
  return (
    <Figure title={text.title} count={text.rule} sheet={sheet} none={data.weeks.every((week) => !week.overdue.count) && text.none}>
      <Bars
        label={text.title}
        bars={data.weeks.map((week, at) => ({
          id: week.week,
          ...tickOf(week.week, at, data.weeks.length),
          parts: [
            {
              count: week.overdue.count,
              shade: 2,
              href: hrefOf(week.overdue.opens),
              label: `${words.week} ${weekName(week.week)}: ${week.overdue.count} ${text.overdue.toLowerCase()}`,
            },
          ],
        }))}
      />
    </Figure>
  );
}

const SERVICES = 8;

/** One small picture per service, all on one scale, the loudest first. */
export function AlertVolume({ data }: { readonly data: Out<Verbs['alertVolume']> }) {
  const text = words.alerts;
  const most = Math.max(1, ...data.services.flatMap((service) => service.weeks.map((week) => week.count)));
  const total = data.weeks.reduce((sum, week) => sum + week.count, 0);
  const shown = data.services.slice(0, SERVICES);
  const sheet = {
    name: 'alerts-per-service',
    head: [words.service, ...data.weeks.map((week) => week.week), words.total],
    rows: data.services.map((service) => [
      { text: service.service?.title ?? text.unbound },
      ...service.weeks.map((week) => ({ text: week.count, href: hrefOf(week.opens) })),
      { text: service.total },
    ]),
  };
  return (
    <Figure title={text.title} count={total || undefined} sheet={sheet} none={!total && text.none}>
      <ul className="small-multiples">
        {shown.map(({ service, total: own, weeks }) => (
          <li key={service?.id ?? ''}>
            <div className="row">
              {service ? (
                <Link className="b el grow" href={`/services/${service.number}`}>
                  {service.title}
                </Link>
              ) : (
                <span className="dim el grow">{text.unbound}</span>
              )}
              <span className="num">{own}</span>
            </div>
            <Bars
              small
              most={most}
              label={service?.title ?? text.unbound}
              bars={weeks.map((week) => ({
                id: week.week,
                parts: [{ count: week.count, shade: 2, href: hrefOf(week.opens), label: `${words.week} ${weekName(week.week)}: ${week.count} alerts` }],
              }))}
            />
          </li>
        ))}
      </ul>
      {data.services.length > SERVICES ? <p className="dim s12 figfoot">{text.more(data.services.length - SERVICES)}</p> : null}
    </Figure>
  );
}
