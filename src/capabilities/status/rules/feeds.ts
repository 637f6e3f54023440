import type { Places } from './html/parts.ts';
import { PHASE_WORDS } from './states.ts';
import type { PageView, PostView } from './view.ts';

const xml = (text: string): string => text.replaceAll(/(?![\n\t])\p{Cc}/gu, ' ').replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
const MOST = 50;

interface Line {
  readonly post: PostView;
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly at: string;
}

function linesOf(view: PageView): readonly Line[] {
  return [...view.open, ...view.planned, ...view.past]
    .flatMap((post) => post.updates.map(({ id, phase, text, at }) => ({ post, id, title: `${PHASE_WORDS[phase]}: ${post.title}`, text, at })))
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .slice(0, MOST);
}

/** Atom, RFC 4287: one entry for each update, the newest first. */
export function atomOf(view: PageView, places: Places): string {
  const entries = linesOf(view).map(
    ({ post, id, title, text, at }) =>
      `<entry><id>urn:uuid:${id}</id><title>${xml(title)}</title><updated>${at}</updated><published>${at}</published><link rel="alternate" href="${xml(places.post(post.number))}"/><content type="text">${xml(text)}</content></entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>${xml(places.home)}</id><title>${xml(view.title)}</title><updated>${view.builtAt}</updated><author><name>${xml(view.title)}</name></author><link rel="self" href="${xml(places.atom)}"/><link rel="alternate" href="${xml(places.home)}"/>${entries.join('')}</feed>`;
}

/** RSS 2.0, for readers that know nothing else. */
export function rssOf(view: PageView, places: Places): string {
  const items = linesOf(view).map(
    ({ post, id, title, text, at }) =>
      `<item><guid isPermaLink="false">${id}</guid><title>${xml(title)}</title><pubDate>${new Date(at).toUTCString()}</pubDate><link>${xml(places.post(post.number))}</link><description>${xml(text)}</description></item>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>${xml(view.title)}</title><link>${xml(places.home)}</link><description>${xml(view.words)}</description>${items.join('')}</channel></rss>`;
}

/** What programs read: states and phases in the words of Statuspage. */
export function jsonOf(view: PageView): string {
  const post = ({ number, kind, title, phase, impact, components, startsAt, endsAt, closedAt, updates }: PostView) => ({
    number,
    kind,
    title,
    phase,
    impact,
    components,
    startsAt,
    endsAt,
    closedAt,
    updates,
  });
  return JSON.stringify({
    page: { name: view.title, about: view.about, builtAt: view.builtAt },
    status: { state: view.worst, words: view.words },
    components: view.groups.flatMap(({ name: group, components }) =>
      components.map(({ id, name, about, state, since, share, days }) => ({ id, name, about, group: group === '' ? null : group, state, since, uptime: share, days })),
    ),
    incidents: view.open.map(post),
    maintenance: view.planned.map(post),
    past: view.past.map(post),
  });
}
