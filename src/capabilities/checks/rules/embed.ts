import type { ShownState } from './standing.ts';

/** What others may read of a check that was made public. */
export interface PublicView {
  readonly name: string;
  readonly state: PublicState;
  readonly share: number | null;
  /** Empty where it may not be told. */
  readonly reason: string;
  readonly days: readonly { readonly day: string; readonly share: number | null }[];
}

/** A failure that is not yet down is nobody else's business; what is not seen is not known. */
export type PublicState = 'up' | 'down' | 'maintenance' | 'unknown';

const STATES: Readonly<Record<ShownState, PublicState>> = {
  up: 'up',
  late: 'up',
  down: 'down',
  maintenance: 'maintenance',
  new: 'unknown',
  unreachable: 'unknown',
  paused: 'unknown',
  unknown: 'unknown',
};
export const publicState = (state: ShownState): PublicState => STATES[state];

const WORDS: Readonly<Record<PublicState, string>> = { up: 'Up', down: 'Down', maintenance: 'Maintenance', unknown: 'Unknown' };
const SENTENCES: Readonly<Record<PublicState, string>> = {
  up: 'Works as it should',
  down: 'Does not work',
  maintenance: 'Under maintenance',
  unknown: 'Not known at the moment',
};
const COLOURS: Readonly<Record<PublicState, string>> = { up: '#23804a', down: '#c42b2d', maintenance: '#5365c2', unknown: '#6b757d' };

export function escaped(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

function percent(share: number | null): string {
  if (share === null) return 'no data';
  return share === 1 ? '100 %' : `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}

// An estimate will do: the text is stretched to it.
const widthOf = (text: string): number => Math.round([...text].reduce((sum, c) => sum + (/[A-Z0-9%]/.test(c) ? 7.4 : /[ijl.,:'| ]/.test(c) ? 3.8 : 6.2), 0));

/** A small picture: name on the left, state or uptime on the right. It needs neither style nor script. */
export function badgeOf({ name, state, share }: PublicView, show: 'state' | 'uptime'): string {
  const value = show === 'state' ? WORDS[state] : percent(share);
  const [left, right] = [widthOf(name) + 12, widthOf(value) + 12];
  const colour = show === 'state' ? COLOURS[state] : share === null ? COLOURS.unknown : share >= 0.99 ? COLOURS.up : COLOURS.down;
  const text = (x: number, words: string) => `<text x="${x + 6}" y="14" textLength="${widthOf(words)}" fill="#fff">${escaped(words)}</text>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="20" role="img" aria-label="${escaped(`${name}: ${value}`)}">` +
    `<title>${escaped(`${name}: ${value}`)}</title><clipPath id="r"><rect width="${left + right}" height="20" rx="3"/></clipPath>` +
    `<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#434e56"/><rect x="${left}" width="${right}" height="20" fill="${colour}"/></g>` +
    `<g font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">${text(0, name)}${text(left, value)}</g></svg>`
  );
}

/** The style of the widget; the policy of its page names it by its hash, so it must stay one piece. */
export const WIDGET_STYLE = `:root{color-scheme:light dark}
body{margin:0;padding:12px 16px;font:14px/20px system-ui,sans-serif;background:#fff;color:#11181c}
h1{margin:0;font-size:14px;font-weight:600}p{margin:0;color:#434e56}.s{display:flex;justify-content:space-between;gap:12px}
.up{color:#23804a}.down{color:#c42b2d}.maintenance{color:#5365c2}.unknown{color:#6b757d}
svg{display:block;width:100%;height:24px;margin:8px 0 4px}.g{fill:#8cc5a2}.w{fill:#9c6203}.c{fill:#c42b2d}.u{fill:#6b757d;fill-opacity:.35}.f{display:flex;justify-content:space-between;font-size:12px}
@media(prefers-color-scheme:dark){body{background:#11161a;color:#e9eef0}p{color:#adb8be}.up{color:#80d09b}.down{color:#ff9f97}.maintenance{color:#aeb9fb}.unknown{color:#aab5bc}
.g{fill:#2f6b49}.w{fill:#d99f30}.c{fill:#ef655d}.u{fill:#87939a}}`;

const DOWN_DAY = 0.98;

function barOf({ day, share }: PublicView['days'][number], place: number): string {
  const [look, height] = share === null ? ['u', 12] : share === 1 ? ['g', 14] : share < DOWN_DAY ? ['c', 24] : ['w', 18];
  return `<rect class="${look}" x="${place * 7}" y="${24 - Number(height)}" width="5" height="${height}" rx="1"><title>${escaped(`${day}: ${percent(share)}`)}</title></rect>`;
}

/** A whole page for a frame: name, state in words, a bar for each day. */
export function widgetOf({ name, state, share, reason, days }: PublicView): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(name)}</title><style>${WIDGET_STYLE}</style></head>` +
    `<body><div class="s"><h1>${escaped(name)}</h1><strong class="${state}">${SENTENCES[state]}</strong></div>${reason === '' ? '' : `<p>${escaped(reason)}</p>`}` +
    `<svg viewBox="0 0 ${days.length * 7 - 2} 24" preserveAspectRatio="none" role="img" aria-label="Uptime of ${days.length} days: ${percent(share)}">${days.map(barOf).join('')}</svg>` +
    `<p class="f"><span>${days.length} days ago</span><span>${percent(share)}</span><span>Today</span></p></body></html>`
  );
}
