import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Desk } from '#kernel/desk.ts';
import { atomOf, historyPage, homePage, jsonOf, postPage, rssOf, styleOf, type PageView, type Places } from '../rules/index.ts';

/** One answer, ready to be sent. */
export interface Body {
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly type: string;
  readonly tag: string;
}

export interface Logo {
  readonly body: Buffer;
  readonly type: string;
}

const HTML = 'text/html; charset=utf-8';

export function bodyOf(content: string | Buffer, type: string): Body {
  const plain = Buffer.from(content as string);
  return { plain, gzip: gzipSync(plain), type, tag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"` };
}

/** The policy of a page: its own style, its own logo, forms to the desk; nothing runs. */
export function policyOf(view: PageView, formsTo = "'self'"): string {
  const style = createHash('sha256').update(styleOf(view.colour)).digest('base64');
  return `default-src 'none'; style-src 'sha256-${style}'; img-src 'self' data:; base-uri 'none'; form-action ${formsTo}`;
}

/** Addresses on the desk; those of a page with a secret link carry the secret. */
export function placesOf(desk: Desk, slug: string, secret: string | null): Places {
  const base = `${desk.config.publicUrl}/status/${slug}`;
  const key = secret === null ? '' : `?key=${encodeURIComponent(secret)}`;
  return {
    home: `${base}${key}`,
    history: `${base}/history${key}`,
    atom: `${base}/feed.atom${key}`,
    rss: `${base}/feed.rss${key}`,
    json: `${base}.json${key}`,
    logo: `${base}/logo${key}`,
    subscribe: `${base}/follow${key}`,
    post: (number) => `${base}/posts/${number}${key}`,
  };
}

/** What a page answers with, by its path; pages of single posts are made when first asked for. */
export function bodiesOf(view: PageView, places: Places): (path: string) => Body | undefined {
  const posts = new Map([...view.open, ...view.planned, ...view.past].map((post) => [`posts/${post.number}`, post]));
  const made = new Map<string, Body>();
  const make = (path: string): Body | undefined => {
    if (path === '') return bodyOf(homePage(view, places), HTML);
    if (path === 'history') return bodyOf(historyPage(view, places), HTML);
    if (path === 'json') return bodyOf(jsonOf(view), 'application/json; charset=utf-8');
    if (path === 'feed.atom') return bodyOf(atomOf(view, places), 'application/atom+xml; charset=utf-8');
    if (path === 'feed.rss') return bodyOf(rssOf(view, places), 'application/rss+xml; charset=utf-8');
    const post = posts.get(path);
    return post ? bodyOf(postPage(view, post, { places }), HTML) : undefined;
  };
  return (path) => {
    const known = made.get(path);
    if (known) return known;
    const fresh = make(path);
    if (fresh) made.set(path, fresh);
    return fresh;
  };
}

export interface StaticFile {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer;
}

const ENDING: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/webp': 'webp' };

/** A page as files with relative links, to be served by anything; who wants to follow it is led to the desk. */
export function filesOf(desk: Desk, view: PageView, logo: Logo | null): readonly StaticFile[] {
  const { subscribe } = placesOf(desk, view.slug, null);
  const logoPath = logo ? `logo.${ENDING[logo.type] ?? 'png'}` : 'logo';
  const policy = policyOf(view, desk.config.publicUrl);
  const from = (up: string): Places => ({
    home: `${up}index.html`,
    history: `${up}history.html`,
    atom: `${up}feed.atom`,
    rss: `${up}feed.rss`,
    json: `${up}status.json`,
    logo: `${up}${logoPath}`,
    subscribe,
    post: (number) => `${up}posts/${number}.html`,
  });
  const file = (path: string, type: string, text: string): StaticFile => ({ path, type, body: Buffer.from(text) });
  const feeds = placesOf(desk, view.slug, null);
  return [
    file('index.html', HTML, homePage(view, from(''), policy)),
    file('history.html', HTML, historyPage(view, from(''), policy)),
    file('status.json', 'application/json; charset=utf-8', jsonOf(view)),
    file('feed.atom', 'application/atom+xml; charset=utf-8', atomOf(view, feeds)),
    file('feed.rss', 'application/rss+xml; charset=utf-8', rssOf(view, feeds)),
    ...[...view.open, ...view.planned, ...view.past].map((post) => file(`posts/${post.number}.html`, HTML, postPage(view, post, { places: from('../'), policy }))),
    ...(logo ? [{ path: logoPath, type: logo.type, body: logo.body }] : []),
  ];
}
