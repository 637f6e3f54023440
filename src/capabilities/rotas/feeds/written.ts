import ICAL from 'ical.js';

/** One stretch of being on call, as an event of a calendar. Epoch ms. */
export interface Duty {
  /** The same as long as it is the same duty: whoever reads again changes it in place instead of doubling it. */
  readonly uid: string;
  readonly from: number;
  readonly until: number;
  readonly title: string;
  readonly text: string;
  readonly url: string;
  /** Grows with every change of what it is made of (RFC 5545 3.8.7.4). */
  readonly sequence: number;
}

interface Calendar {
  readonly name: string;
  readonly at: number;
  readonly duties: readonly Duty[];
}

/** Readers may come this often. */
const REFRESH = 'PT15M';

const utc = (at: number) => ICAL.Time.fromJSDate(new Date(at), true);

/** A calendar as iCalendar (RFC 5545, with the refresh interval of RFC 7986): lines end in CR LF and are folded. */
export function writeCalendar({ name, at, duties }: Calendar): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('version', '2.0');
  calendar.addPropertyWithValue('prodid', '-//Quarterdeck//On call//EN');
  calendar.addPropertyWithValue('calscale', 'GREGORIAN');
  calendar.addPropertyWithValue('method', 'PUBLISH');
  calendar.addPropertyWithValue('x-wr-calname', name);
  calendar.addPropertyWithValue('x-published-ttl', REFRESH);
  const refresh = new ICAL.Property('refresh-interval');
  refresh.resetType('duration');
  refresh.setValue(ICAL.Duration.fromString(REFRESH));
  calendar.addProperty(refresh);
  for (const duty of duties) {
    const event = new ICAL.Component('vevent');
    event.addPropertyWithValue('uid', duty.uid);
    event.addPropertyWithValue('dtstamp', utc(at));
    event.addPropertyWithValue('sequence', duty.sequence);
    event.addPropertyWithValue('dtstart', utc(duty.from));
    event.addPropertyWithValue('dtend', utc(duty.until));
    event.addPropertyWithValue('summary', duty.title);
    event.addPropertyWithValue('description', duty.text);
    event.addPropertyWithValue('url', duty.url);
    // Being on call is no meeting: nobody is busy by it.
    event.addPropertyWithValue('transp', 'TRANSPARENT');
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r\n`;
}
