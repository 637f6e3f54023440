import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerMessage, linkedPage, notificationOfToken } from '#capabilities/notify/index.ts';
import { peopleByIds, type Known } from '#capabilities/people/index.ts';
import { readAs } from '#kernel/act.ts';
import { ms } from '#kernel/clock.ts';
import type { Desk, Read } from '#kernel/desk.ts';
import { rateLimit } from '#kernel/limits.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { Problem } from '#kernel/problem.ts';
import { pageOf, refsOf } from '#kernel/records/index.ts';
import { sendPage } from '#kernel/shell.ts';
import { pagingAbout } from './about.ts';
import { subjectOf, type SubjectState } from './subjects.ts';
import type { Paging } from './contract.ts';

const DAY = 86_400_000;
const DEEDS = ['acknowledge', 'escalate', 'resolve'] as const;
type Deed = (typeof DEEDS)[number];
const attempts = rateLimit({ burst: 30, perMinute: 30 });

interface Shown {
  readonly notification: string;
  /** How many others were told in the same message. */
  readonly together: number;
  readonly shadow: boolean;
  /** Their own answer is still waited for, whoever else has it. */
  readonly asked: boolean;
  readonly person: Known;
  readonly record: { readonly id: string; readonly kind: string; readonly number: string };
  readonly title: string;
  readonly text: string;
  readonly why: string;
  readonly startedAt: string;
  readonly expired: boolean;
  readonly state: SubjectState;
  readonly paging: Paging;
}

/**
 * The page behind an acknowledge link: plain HTML that works without script, session or a fast network. GET only shows
 * (mail scanners follow links); POST acts, as the person the link was sent to and with no other right of theirs.
 */
export function ackRoutes(app: FastifyInstance, desk: Desk): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 1000 }, (_request, _body, done) => done(null, {}));
    scope.get('/ack/:token', async (request, reply) => {
      const shown = await look(desk, request);
      return sendPage(reply.code(shown ? 200 : 404), shown ? page(desk, shown, { token: tokenOf(request), said: '' }) : deadPage());
    });
    for (const deed of DEEDS) {
      scope.post(`/ack/:token/${deed}`, async (request, reply) => {
        const shown = await look(desk, request);
        if (!shown) return sendPage(reply.code(404), deadPage());
        const said = shown.expired ? 'This link has expired. Sign in to answer.' : await act(desk, shown, deed);
        const after = (await look(desk, request)) ?? shown;
        return sendPage(reply, page(desk, after, { token: tokenOf(request), said: showsByItself(after, deed) ? '' : said }));
      });
    }
  });
}

/** An acknowledgement shows by itself who has it, unless somebody else has it too or it answered more than this page. */
function showsByItself({ together, state, person }: Shown, deed: Deed): boolean {
  return deed === 'acknowledge' && together === 0 && state.open && state.acknowledgedBy === person.name;
}

/** What was told together with this page is answered together with it. */
async function act(desk: Desk, shown: Shown, deed: Deed): Promise<string> {
  if (!shown.state.open) return 'This is over already; there is nothing left to do.';
  return answerMessage(desk, { notification: shown.notification, deed, via: 'link' });
}

function tokenOf(request: FastifyRequest): string {
  return (request.params as { token: string }).token;
}

async function look(desk: Desk, request: FastifyRequest): Promise<Shown | null> {
  const wait = attempts.take(`${desk.config.port} ${request.ip}`, desk.clock.now());
  if (wait > 0) throw new Problem('limited', `Too many requests. Try again in ${wait} s.`, { retryAfterSeconds: wait });
  const id = notificationOfToken(desk, tokenOf(request));
  return id ? readAs(desk, SYSTEM, (ctx) => load(ctx, id)) : null;
}

async function load(ctx: Read, notificationId: string): Promise<Shown | null> {
  const linked = await linkedPage(ctx.db, notificationId);
  if (!linked) return null;
  const [person, record] = [(await peopleByIds(ctx.db, [linked.personId])).get(linked.personId), (await refsOf(ctx.db, SYSTEM, [linked.aboutId])).get(linked.aboutId)];
  const state = record ? await subjectOf(record.kind)?.describe(ctx, record.id) : undefined;
  if (!person?.active || !record || !state) return null;
  return {
    notification: notificationId,
    together: linked.together,
    shadow: linked.shadow,
    asked: linked.endedAt === null && !linked.shadow,
    person,
    record,
    state,
    title: linked.title,
    text: linked.text,
    why: linked.why,
    startedAt: linked.startedAt,
    expired: ctx.now - ms(linked.startedAt) > DAY,
    paging: await pagingAbout(ctx, record.id),
  };
}

const e = (text: string) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

function clockIn(zone: string, instant: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }).format(new Date(instant));
}

function page(desk: Desk, shown: Shown, { token, said }: { token: string; said: string }): string {
  const { state, paging, person, record } = shown;
  const next =
    paging.nextAt && state.open && !state.acknowledgedBy
      ? `<div class="nxt"><div><div class="s12">If you do not answer, ${e(paging.nextPeople.map((p) => p.title).join(' and ') || 'the administrators')} ${paging.nextPeople.length === 1 ? 'is' : 'are'} paged at</div>
       <div class="cd num">${e(clockIn(person.zone, paging.nextAt))}</div></div></div>`
      : '';
  const badge = !state.open
    ? '<span class="bdg good">Resolved</span>'
    : state.acknowledgedBy && !shown.asked
      ? '<span class="bdg info">Acknowledged</span>'
      : '<span class="bdg critical">Page for you</span>';
  const told =
    e(said) ||
    (state.acknowledgedBy
      ? `${state.acknowledgedBy === person.name ? 'You have it' : `${e(state.acknowledgedBy)} has it`}: acknowledged at ${e(clockIn(person.zone, state.acknowledgedAt ?? ''))}. ${shown.asked ? 'You are asked to answer as well.' : 'Nobody else is paged.'}`
      : '');
  const facts = [...state.facts, ['Why you', shown.why] as const].map(([label, value]) => `<dt>${e(label)}</dt><dd>${e(value)}</dd>`).join('');
  const link = pageOf(desk, record);
  const buttons = `<footer>${buttonsOf(shown, { token, link })}</footer>`;
  return document(
    shown.title,
    `<main><div class="row top">${badge}<span class="grow"></span><span class="dim s13 num">${e(clockIn(person.zone, shown.startedAt))}</span></div>
    <h1>${e(shown.title)}</h1>${shown.text ? `<p class="pl">${e(shown.text)}</p>` : ''}${told ? `<p class="note info" role="status">${told}</p>` : ''}${next}<dl class="facts">${facts}</dl></main>${buttons}`,
  );
}

/** One big answer, the others beside each other. A shadow is asked nothing. */
function buttonsOf({ state, paging, record, expired, shadow, asked }: Shown, { token, link }: { token: string; link: string }): string {
  const open = (big: boolean) => `<a class="btn${big ? ' p big' : ''}" href="${e(link)}">Open ${e(record.number)}</a>`;
  if (!state.open || expired || shadow) return open(true);
  const post = (deed: Deed, label: string, big: boolean) =>
    `<form method="post" action="/ack/${e(token)}/${deed}"><button class="btn${big ? ' p big' : ''}">${e(label)}</button></form>`;
  const answers = state.acknowledgedBy === null || asked;
  const next = paging.nextPeople[0];
  const others = [...(next ? [post('escalate', `Pass to ${next.title.split(' ')[0] ?? ''}`, false)] : []), post('resolve', 'Resolve', false), ...(answers ? [open(false)] : [])];
  return `${answers ? post('acknowledge', 'Acknowledge', true) : open(true)}<div class="duo">${others.join('')}</div>`;
}

function deadPage(): string {
  return document(
    'This link does not work',
    `<main><h1>This link does not work</h1><p class="pl">It may be cut off or forged. Open the newest message, or sign in and answer there.</p></main><footer><a class="btn p big" href="/">Open Quarterdeck</a></footer>`,
  );
}

let styles: string | undefined;

/** The app's own tokens and parts, as one inline sheet: the page must stand alone on a slow network. */
function sheet(): string {
  if (styles) return styles;
  const read = (name: string) =>
    readFileSync(join(import.meta.dirname, '../../web/styles', name), 'utf8')
      .replace(/@font-face\s*\{[^}]*\}/g, '')
      .replace(/@import[^;]*;/g, '');
  const tokens = read('tokens.css');
  const dark = /\[data-theme=['"]?dark['"]?\]\s*\{([^}]*)\}/.exec(tokens)?.[1] ?? '';
  styles = `${tokens}@media (prefers-color-scheme:dark){:root{${dark}}}${['base.css', 'buttons.css', 'chips.css', 'page.css', 'ack.css'].map(read).join('')}`;
  return styles;
}

function document(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${e(title)} · Quarterdeck</title>
    <link rel="icon" href="/icon.svg"><style nonce="__NONCE__">${sheet()}</style></head><body class="ack"><div class="ph">${body}</div></body></html>`;
}
