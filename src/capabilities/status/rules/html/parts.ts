import { STATE_WORDS, type ComponentState, type Impact, type PostKind } from '../states.ts';
import { escaped, percentOf, type ComponentView } from '../view.ts';

/** Where the parts of a page are found; relative in the copy that is pushed elsewhere. */
export interface Places {
  readonly home: string;
  readonly history: string;
  readonly atom: string;
  readonly rss: string;
  readonly json: string;
  readonly logo: string;
  /** Always at the desk: a copy takes no forms. */
  readonly subscribe: string;
  readonly post: (number: string) => string;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export function timeWords(iso: string): string {
  const [, year, month, day, clock] = /^(\d+)-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(iso) ?? [];
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}, ${clock} UTC`;
}

export const timeTag = (iso: string): string => `<time datetime="${escaped(iso)}">${timeWords(iso)}</time>`;

const LOOK: Readonly<Record<ComponentState, { readonly box: string; readonly text: string; readonly icon: string }>> = {
  operational: { box: 'good', text: 'tg', icon: '<circle cx="8" cy="8" r="8"/><path d="M4.5 8.3 7 10.8l4.6-5" fill="none" stroke="var(--s)" stroke-width="1.8"/>' },
  degraded_performance: { box: 'slow', text: 'tw', icon: '<circle cx="8" cy="8" r="8"/><path d="M4.5 8h7" stroke="var(--s)" stroke-width="2"/>' },
  partial_outage: { box: 'bad', text: 'tr', icon: '<path d="M8 0 16 15H0z"/><path d="M8 5.5v4.4M8 11.4v1.6" stroke="var(--s)" stroke-width="1.8"/>' },
  major_outage: { box: 'bad', text: 'tr', icon: '<rect width="16" height="16" rx="3"/><path d="m5 5 6 6m0-6-6 6" stroke="var(--s)" stroke-width="1.9"/>' },
  under_maintenance: { box: 'work', text: 'tn', icon: '<rect width="16" height="16" rx="8"/><path d="M5 5v6M8 5v6M11 5v6" stroke="var(--s)" stroke-width="1.6"/>' },
};

export const boxOf = (state: ComponentState): string => LOOK[state].box;
export const iconOf = (state: ComponentState): string => `<svg viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">${LOOK[state].icon}</svg>`;

export function postBox(kind: PostKind, impact: Impact, isOver: boolean): string {
  if (kind === 'maintenance') return 'work';
  if (isOver) return 'good';
  return impact === 'critical' || impact === 'major' ? 'bad' : 'slow';
}

export function componentRow({ name, about, state, share, days }: ComponentView): string {
  const measured = days.some((day) => day.share !== null);
  return `<div class="row"><div class="head"><h3>${escaped(name)}</h3><span class="state ${LOOK[state].text}">${iconOf(state)}${STATE_WORDS[state]}</span></div>${
    about === '' ? '' : `<p>${escaped(about)}</p>`
  }${measured ? `${bars(name, days, share)}<div class="foot"><span>${days.length} days ago</span><span>${percentOf(share)} uptime</span><span>Today</span></div>` : ''}</div>`;
}

const WIDTH = 5;
const STEP = 7;
const HEIGHT = 30;
const LOW = 0.98;

/** Good and unknown days are one path each, which keeps the page small; the others say their figure when pointed at. */
function bars(name: string, days: ComponentView['days'], share: number | null): string {
  const box = (place: number, height: number) => `M${place * STEP} ${HEIGHT - height}h${WIDTH}v${height}h-${WIDTH}z`;
  const good: string[] = [];
  const unknown: string[] = [];
  const other: string[] = [];
  for (const [place, day] of days.entries()) {
    if (day.share === null) unknown.push(box(place, 12));
    else if (day.share === 1) good.push(box(place, HEIGHT - 6));
    else other.push(`<path class="${day.share < LOW ? 'r' : 'w'}" d="${box(place, HEIGHT)}"><title>${day.day}: ${percentOf(day.share)}</title></path>`);
  }
  const label = escaped(`Uptime of ${name} in ${days.length} days: ${percentOf(share)}`);
  return `<svg class="bars" viewBox="0 0 ${days.length * STEP - 2} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${label}"><path class="q" d="${unknown.join('')}"/><path class="g" d="${good.join('')}"/>${other.join('')}</svg>`;
}

/** Plain text with its line breaks; addresses can be followed. */
export function textOf(text: string): string {
  return escaped(text).replaceAll(/https?:\/\/[^\s<]+[^\s<.,;:!?)]/g, (url) => `<a href="${url}" rel="nofollow noopener">${url}</a>`);
}
