import type { Measure } from '../contract.ts';

interface Lengths {
  readonly p50: number | null;
  readonly p90: number | null;
  readonly count: number;
}

export interface MonthFigures {
  readonly incidents: number;
  readonly incidentsBefore: number;
  /** SEV1 and SEV2. */
  readonly severe: number;
  readonly practice: number;
  readonly detect: Lengths;
  readonly acknowledge: Lengths;
  readonly contain: Lengths;
  readonly resolve: Lengths;
  readonly factors: readonly { readonly name: string; readonly count: number }[];
  readonly named: number;
  readonly repeated: number;
  readonly alerts: number;
  readonly pages: number;
  readonly pagesOutOfHours: number;
  readonly lateUpdates: number;
  readonly reviews: { readonly due: number; readonly late: number };
  readonly actions: { readonly due: number; readonly late: number };
}

interface Line {
  readonly words: string;
  /** What the sentence counts; nothing when it counts nothing that could be opened. */
  readonly measure: Measure | null;
  readonly practice?: true;
  /** Only SEV1 and SEV2. */
  readonly severe?: true;
}

const DAY = 86_400_000;

/** From the first of a month to the first of the next, in UTC. */
export function monthSpan(month: string): { readonly from: number; readonly until: number } {
  const from = Date.parse(`${month}-01T00:00:00Z`);
  const next = new Date(from + 32 * DAY).toISOString().slice(0, 7);
  return { from, until: Date.parse(`${next}-01T00:00:00Z`) };
}

/** The month before the one of an instant. */
export function monthBefore(now: number): string {
  const first = Date.parse(`${new Date(now).toISOString().slice(0, 7)}-01T00:00:00Z`);
  return new Date(first - DAY).toISOString().slice(0, 7);
}

export function refuseMonth(month: string, now: number): string | undefined {
  return monthSpan(month).from > now ? 'This month has not begun.' : undefined;
}

const count = (n: number, one: string, many = `${one}s`): string => (n === 0 ? `no ${many}` : n === 1 ? `one ${one}` : `${n} ${many}`);
const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "about 2 hours": how people say it. */
export function roughly(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 90) return minutes <= 1 ? 'a minute' : `${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `about ${hours} hours` : `about ${Math.round(hours / 24)} days`;
}

function lengthLine(what: string, { p50, p90, count: n }: Lengths, measure: Measure): readonly Line[] {
  if (p50 === null || p90 === null) return [];
  const spread =
    n === 1
      ? `In the one incident of which we know it, ${what} within ${roughly(p50)}.`
      : `In half of the incidents ${what} within ${roughly(p50)}, in nine of ten within ${roughly(p90)}.`;
  return [{ words: spread, measure }];
}

function change(now: number, before: number): string {
  if (now === before) return 'as many as the month before';
  return now > before ? `${now - before} more than the month before` : `${before - now} fewer than the month before`;
}

const kept = (what: string, { due, late }: { readonly due: number; readonly late: number }): string =>
  due === 0 ? `No ${what} was due.` : late === 0 ? `Every ${what} that was due came in time (${due}).` : `${late} of ${due} ${what}s that were due came late or not at all.`;

/** The month in sentences, part by part. */
export function sentencesOf(f: MonthFigures): readonly { readonly title: string; readonly lines: readonly Line[] }[] {
  const night = f.pages === 0 ? 'Nobody was paged.' : `${sentence(count(f.pages, 'page'))} went out, ${f.pagesOutOfHours} of them between 22:00 and 07:00 where the person lives.`;
  return [
    {
      title: 'What happened',
      lines: [
        { words: `There ${f.incidents === 1 ? 'was' : 'were'} ${count(f.incidents, 'incident')}, ${change(f.incidents, f.incidentsBefore)}.`, measure: 'incidents' },
        ...(f.incidents > 0
          ? [{ words: `${sentence(count(f.severe, 'of them was', 'of them were'))} severe (SEV1 or SEV2).`, measure: 'incidents' as const, severe: true as const }]
          : []),
        { words: `${sentence(count(f.alerts, 'alert'))} fired.`, measure: 'alerts' },
        ...(f.practice > 0
          ? [
              {
                words: `${sentence(count(f.practice, 'practice incident'))} ${f.practice === 1 ? 'was' : 'were'} run; ${f.practice === 1 ? 'it is' : 'they are'} not counted above.`,
                measure: 'incidents' as const,
                practice: true as const,
              },
            ]
          : []),
      ],
    },
    {
      title: 'How fast we were',
      lines: [
        ...lengthLine('we knew', f.detect, 'timeToDetect'),
        ...lengthLine('somebody had it', f.acknowledge, 'timeToAcknowledgeIncident'),
        ...lengthLine('it was contained', f.contain, 'timeToContain'),
        ...lengthLine('it was over', f.resolve, 'timeToResolveIncident'),
        ...(f.resolve.count === 0 ? [{ words: 'No incident of this month is over.', measure: null }] : []),
      ],
    },
    {
      title: 'What contributed',
      lines: [
        ...(f.factors.length === 0
          ? [{ words: 'No review has named what contributed yet.', measure: null }]
          : [{ words: `Named most: ${f.factors.map(({ name, count: n }) => `${name} (${n})`).join(', ')}.`, measure: 'namedIncidents' as const }]),
        ...(f.named > 0
          ? [
              {
                words:
                  f.repeated === 0
                    ? 'None of them had contributed to an incident of the half year before.'
                    : `In ${f.repeated} of ${f.named} incidents a factor came back within half a year.`,
                measure: 'repeatedIncidents' as const,
              },
            ]
          : []),
      ],
    },
    {
      title: 'What we promised',
      lines: [
        ...(f.incidents > 0
          ? [
              {
                words: f.lateUpdates === 0 ? 'Every update came in time.' : `In ${f.lateUpdates} of ${f.incidents} incidents an update came late.`,
                measure: 'lateUpdates' as const,
              },
            ]
          : []),
        { words: kept('review', f.reviews), measure: f.reviews.late > 0 ? 'reviewsLate' : 'reviewsDue' },
        { words: kept('action', f.actions), measure: f.actions.late > 0 ? 'actionsLate' : 'actionsDue' },
      ],
    },
    { title: 'What it cost people', lines: [{ words: night, measure: f.pages === 0 ? 'pages' : 'pagesOutOfHours' }] },
  ];
}
