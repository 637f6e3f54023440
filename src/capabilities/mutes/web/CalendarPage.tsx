import { ChevronLeft, ChevronRight, List } from 'lucide-react';
import { useAddress } from '#web/address.ts';
import { api, useRead } from '#web/api.ts';
import { RecordActions } from '#web/record/RecordActions.tsx';
import { Button } from '#web/ui/Button.tsx';
import { Link } from '#web/ui/Link.tsx';
import { useNow, useZone } from '#web/ui/now.ts';
import { Note, Skeleton } from '#web/ui/Parts.tsx';
import { Segmented } from '#web/ui/Tabs.tsx';
import { clockTime, dayName, daysOf, ms, type DayOf } from '#web/ui/time.ts';
import type { Out } from '#kernel/contract.ts';
import { mutes } from '../contract.ts';
import { instantFrom, localOf } from './times.ts';
import './mutes.css';
import { words } from './words.ts';

const text = words.cal;
const DAY = 86_400_000;
/** Lines of a day of a month; the week shows all of them. */
const MOST = 4;
/** What runs on so long into the next day is still shown on its first day only. */
const SPILL = 8 * 3_600_000;

type Item = Out<(typeof mutes)['verbs']['calendar']>['items'][number];
type Span = 'month' | 'week';

const dateOf = (at: number | string, zone: string) => localOf(at, zone).slice(0, 10);
const utc = (date: string) => new Date(`${date}T00:00:00Z`);
const moved = (date: string, days: number) => new Date(utc(date).getTime() + days * DAY).toISOString().slice(0, 10);
const monday = (date: string) => moved(date, -((utc(date).getUTCDay() + 6) % 7));
const monthOf = (date: string, by: number) => new Date(Date.UTC(utc(date).getUTCFullYear(), utc(date).getUTCMonth() + by, 1)).toISOString().slice(0, 10);

/** A day more on both sides, so that what runs on is told with its own clock. */
const aside = (instant: string, by: number) => new Date(ms(instant) + by).toISOString();

/** First day shown and the day after the last: whole weeks, those that the month touches. */
function boundsOf(span: Span, day: string): readonly [string, string] {
  return span === 'week' ? [monday(day), moved(monday(day), 7)] : [monday(monthOf(day, 0)), moved(monday(moved(monthOf(day, 1), -1)), 7)];
}

/** Every window in which something is kept silent, by day. */
export default function CalendarPage() {
  const { search, keep } = useAddress();
  const [zone, now] = [useZone(), useNow('minute')];
  const span: Span = search['span'] === 'week' ? 'week' : 'month';
  const typed = search['day'] ?? '';
  const day = /^20\d{2}-\d{2}-\d{2}$/.test(typed) && !Number.isNaN(utc(typed).getTime()) ? typed : dateOf(now, zone);
  const [first, end] = boundsOf(span, day);
  const from = instantFrom(`${first}T00:00`, zone) ?? '';
  const until = instantFrom(`${end}T00:00`, zone) ?? '';
  const { data, problem } = useRead(api(mutes).calendar, { from: aside(from, -DAY), until: aside(until, DAY) }, { on: ['mute.'] });
  const step = (by: 1 | -1) => (span === 'week' ? moved(day, 7 * by) : monthOf(day, by));
  const title =
    span === 'week'
      ? `${dayName(from, zone, now)} – ${dayName(ms(until) - 1, zone, now)}`
      : utc(day).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return (
    <div>
      <div className="listhead">
        <h1>{text.title}</h1>
        <RecordActions actions={[{ label: words.list, icon: List, href: '/mutes' }]} />
      </div>
      <div className="listbar">
        <Segmented
          label={text.title}
          choices={[
            { id: 'month', label: text.month },
            { id: 'week', label: text.week },
          ]}
          current={span}
          onChoose={(id) => keep({ span: id === 'week' ? id : '' })}
        />
        <span className="row">
          <Button square variant="quiet" icon={ChevronLeft} aria-label={text.earlier} onClick={() => keep({ day: step(-1) })} />
          <Button size="small" onClick={() => keep({ day: '' })}>
            {text.today}
          </Button>
          <Button square variant="quiet" icon={ChevronRight} aria-label={text.later} onClick={() => keep({ day: step(1) })} />
        </span>
        <h2 className="calname" aria-live="polite">
          {title}
        </h2>
      </div>
      {problem ? <Note state="warning">{problem.sentence}</Note> : null}
      {data?.isCut ? <Note state="warning">{text.cut}</Note> : null}
      {data ? (
        <Days days={daysOf({ from, until, zone }, now)} items={data.items} month={span === 'month' ? day.slice(0, 7) : undefined} />
      ) : problem ? null : (
        <Skeleton width="80%" />
      )}
      {data && !data.items.some((item) => ms(item.from) < ms(until) && ms(item.until) > ms(from)) ? <p className="dim s13 calnone">{text.none}</p> : null}
    </div>
  );
}

interface DaysProps {
  readonly days: readonly DayOf[];
  readonly items: readonly Item[];
  /** 2026-03, when a month is shown. */
  readonly month: string | undefined;
}

function Days({ days, items, month }: DaysProps) {
  const zone = useZone();
  return (
    <ol className={month ? 'cal' : 'cal week'}>
      {days.map((day) => {
        const own = items.filter((item) => isOf(item, day));
        const shown = month && own.length > MOST ? own.slice(0, MOST - 1) : own;
        const date = dateOf(day.from, zone);
        const look = `${own.length ? '' : ' none'}${day.today ? ' today' : ''}${month && date.slice(0, 7) !== month ? ' beyond' : ''}`;
        return (
          <li key={day.from} className={`calday${look}`}>
            <span className="caldate" aria-current={day.today ? 'date' : undefined}>
              {day.label}
            </span>
            {shown.length ? (
              <ul>
                {shown.map((item) => (
                  <Entry key={`${item.number}${item.from}`} item={item} day={day} />
                ))}
              </ul>
            ) : null}
            {shown.length < own.length ? (
              <Link className="l s12" href={`/mutes/calendar?span=week&day=${date}`}>
                {text.more(own.length - shown.length)}
              </Link>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

/** Where a window is shown: on the day on which it begins, and on those of which it takes a good part. */
function isOf(item: Item, day: DayOf): boolean {
  const [from, until] = [ms(item.from), ms(item.until)];
  if (from >= day.until || until <= day.from) return false;
  return from >= day.from || until - day.from > SPILL;
}

function clockOf(item: Item, day: DayOf, zone: string): string {
  const [from, until] = [ms(item.from), ms(item.until)];
  if (from <= day.from && until >= day.until) return text.allDay;
  if (from < day.from) return `${text.until} ${clockTime(until, zone)}`;
  if (until > day.until + SPILL) return `${text.from} ${clockTime(from, zone)}`;
  return `${clockTime(from, zone)}–${until === day.until ? '24:00' : clockTime(until, zone)}`;
}

/** One window on one day. */
function Entry({ item, day }: { readonly item: Item; readonly day: DayOf }) {
  const zone = useZone();
  return (
    <li>
      <Link className={`calitem ${item.kind}`} href={`/mutes/${item.number}`} title={`${words.kinds[item.kind]}: ${item.reason}`}>
        <span className="num">{clockOf(item, day, zone)}</span> <span className="calreason">{item.reason}</span>
        <span className="sr">, {words.kinds[item.kind]}</span>
      </Link>
    </li>
  );
}
