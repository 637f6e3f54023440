import { isOver, PHASE_WORDS, type Phase } from '../states.ts';
import { escaped, type PageView, type PostView } from '../view.ts';
import { boxOf, componentRow, iconOf, postBox, textOf, timeTag, type Places } from './parts.ts';
import { styleOf } from './style.ts';

const RECENT_MS = 14 * 86_400_000;

interface Frame {
  readonly view: PageView;
  readonly places: Places;
  readonly title: string;
  /** A policy inside the page, for copies that are served by others. */
  readonly policy?: string | undefined;
}

/** Head, band and footer around a page; nothing in it runs or loads, but the logo. */
export function framed({ view, places, title, policy }: Frame, main: string): string {
  const logo = view.logo ? `<img src="${escaped(places.logo)}" alt="" height="44">` : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">${policy ? `<meta http-equiv="content-security-policy" content="${escaped(policy)}">` : ''}<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escaped(title)}</title><meta name="description" content="${escaped(
    view.words,
  )}">${view.access === 'public' ? '' : '<meta name="robots" content="noindex">'}<link rel="alternate" type="application/atom+xml" title="${escaped(view.title)}" href="${escaped(places.atom)}"><style>${styleOf(
    view.colour,
  )}</style></head><body><div class="band"></div><div class="w"><header>${logo}<h1><a href="${escaped(places.home)}">${escaped(view.title)}</a></h1><a class="go" href="${escaped(
    places.home,
  )}#follow">Follow</a></header><main>${main}</main><footer><a href="${escaped(places.history)}">History</a><a href="${escaped(places.atom)}">Atom</a><a href="${escaped(places.rss)}">RSS</a><a href="${escaped(
    places.json,
  )}">JSON</a><span>As of ${timeTag(view.builtAt)}</span></footer></div></body></html>`;
}

/** Only what its place says: no head of an incident stands open for ever. */
function postCard(post: PostView, places: Places, most: number): string {
  const over = isOver(post.phase);
  const shown = post.updates.slice(0, most);
  const span =
    post.kind === 'maintenance'
      ? `${timeTag(post.startsAt)}${post.endsAt ? ` to ${timeTag(post.endsAt)}` : ''}`
      : `Since ${timeTag(post.startsAt)}${post.closedAt ? `, over ${timeTag(post.closedAt)}` : ''}`;
  const left = post.updates.length - shown.length;
  return `<article class="card post ${postBox(post.kind, post.impact, over)}"><h3><a href="${escaped(places.post(post.number))}">${escaped(post.title)}</a></h3><p class="meta">${
    post.components.length === 0 ? '' : `${escaped(post.components.join(', '))} · `
  }${span}</p><ol>${shown.map(updateLine).join('')}</ol>${left > 0 ? `<p class="meta"><a href="${escaped(places.post(post.number))}">${left} earlier</a></p>` : ''}</article>`;
}

const updateLine = ({ phase, text, at }: { phase: Phase; text: string; at: string }): string =>
  `<li><strong>${PHASE_WORDS[phase]}</strong>${timeTag(at)}<div>${textOf(text)}</div></li>`;

const section = (title: string, inside: string, id = ''): string => `<section${id === '' ? '' : ` id="${id}"`}><h2>${title}</h2>${inside}</section>`;

function componentsOf(view: PageView): string {
  return view.groups
    .map(({ name, components }) => `${name === '' ? '' : `<div class="group">${escaped(name)}</div>`}<div class="card">${components.map(componentRow).join('')}</div>`)
    .join('');
}

function follow(view: PageView, places: Places): string {
  const all = view.groups.flatMap(({ components }) => components);
  const choice =
    all.length < 2
      ? ''
      : `<fieldset><legend>Only about these (none chosen: all)</legend>${all.map(({ id, name }) => `<label><input type="checkbox" name="component" value="${escaped(id)}">${escaped(name)}</label>`).join('')}</fieldset>`;
  const form = (channel: string, label: string, type: string, hint: string) =>
    `<form method="post" action="${escaped(places.subscribe)}"><input type="hidden" name="channel" value="${channel}"><label>${label}<input type="${type}" name="address" required maxlength="500" placeholder="${hint}" autocomplete="${type}"></label><span class="trap" aria-hidden="true"><input type="text" name="website" tabindex="-1" autocomplete="off" aria-label="Leave this empty"></span><button>Follow</button>${choice}</form>`;
  return section(
    'Follow this page',
    `<div class="card follow"><p>You get a message first, to confirm that you want this. Each one that follows can end it with one click.</p>${form('email', 'E-mail', 'email', 'you@example.com')}<details><summary>Webhook</summary>${form(
      'webhook',
      'Address that takes a POST',
      'url',
      'https://',
    )}</details><details><summary>Slack</summary>${form('slack', 'Incoming webhook of Slack', 'url', 'https://hooks.slack.com/services/')}</details></div>`,
    'follow',
  );
}

/** The page as most people see it. */
export function homePage(view: PageView, places: Places, policy?: string): string {
  const since = Date.parse(view.builtAt) - RECENT_MS;
  const recent = view.past.filter(({ closedAt, startsAt }) => Date.parse(closedAt ?? startsAt) >= since);
  const main = `<div class="now ${boxOf(view.worst)}" role="status">${iconOf(view.worst)}<h2>${escaped(view.words)}</h2></div>${view.about === '' ? '' : `<p class="about">${textOf(view.about)}</p>`}${
    view.open.length === 0 ? '' : section('Going on now', view.open.map((post) => postCard(post, places, 4)).join(''))
  }${view.planned.length === 0 ? '' : section('Planned', view.planned.map((post) => postCard(post, places, 2)).join(''))}${view.groups.length === 0 ? '' : section('Parts', componentsOf(view))}${section(
    'The last 14 days',
    recent.length === 0 ? '<p class="none">Nothing was reported.</p>' : recent.map((post) => postCard(post, places, 2)).join(''),
  )}${follow(view, places)}`;
  return framed({ view, places, title: view.title, policy }, main);
}

/** Everything that was ever told, by month. */
export function historyPage(view: PageView, places: Places, policy?: string): string {
  const months = Map.groupBy(view.past, ({ startsAt }) => startsAt.slice(0, 7));
  const body = [...months].map(([month, posts]) => section(month, posts.map((post) => postCard(post, places, 1)).join(''))).join('');
  return framed({ view, places, title: `History · ${view.title}`, policy }, body === '' ? section('History', '<p class="none">Nothing was reported yet.</p>') : body);
}

export function postPage(view: PageView, post: PostView, { places, policy }: { readonly places: Places; readonly policy?: string | undefined }): string {
  return framed({ view, places, title: `${post.title} · ${view.title}`, policy }, `<section>${postCard(post, places, Number.POSITIVE_INFINITY)}</section>`);
}

/** One sentence, and at most one button: answers to forms, and links that were opened. */
export function notePage({ view, places }: Pick<Frame, 'view' | 'places'>, note: { readonly title: string; readonly text: string; readonly button?: string }): string {
  const form = note.button === undefined ? '' : `<form method="post"><button>${escaped(note.button)}</button></form>`;
  return framed({ view, places, title: `${note.title} · ${view.title}` }, section(escaped(note.title), `<div class="card follow"><p>${escaped(note.text)}</p>${form}</div>`));
}
