import type { Chance } from './chance.ts';
import type { Company, Member } from './setting.ts';
import type { World } from './world.ts';
import { movesOf } from './estate.ts';
import { ALERT_KINDS, INCIDENTS, type IncidentStory } from './happenings.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One thing that will happen at an instant; it may plan more. */
interface Planned {
  readonly at: number;
  readonly run: () => Promise<void>;
}

export interface Teller {
  readonly world: World;
  readonly company: Company;
  readonly chance: Chance;
  plan(at: number, run: () => Promise<void>): void;
}

/** Plays what is planned in order of time until the end; what would come later never happens. */
export async function tell(teller: Omit<Teller, 'plan'>, until: number, onDay: (day: number) => void): Promise<void> {
  const queue: Planned[] = [];
  const full: Teller = {
    ...teller,
    plan: (at, run) => {
      queue.push({ at, run });
    },
  };
  const begin = teller.world.now();
  for (let day = begin; day < until; day += DAY) planDay(full, day, { progress: (day - begin) / (until - begin), last: until });
  for (const { daysAgo, make } of movesOf(teller.world, teller.company))
    if (until - daysAgo * DAY >= begin)
      full.plan(until - daysAgo * DAY, async () => {
        await make();
      });
  queue.sort((a, b) => b.at - a.at);
  let shownDay = 0;
  for (let next = queue.pop(); next && next.at <= until; next = queue.pop()) {
    const length = queue.length;
    await teller.world.until(next.at);
    await next.run();
    if (queue.length > length) queue.sort((a, b) => b.at - a.at);
    const day = Math.floor((next.at - begin) / DAY);
    if (day > shownDay) onDay((shownDay = day));
  }
  await teller.world.until(until);
}

/** More at night and after weekends at first; calmer towards the end, because actions were done. */
function planDay(teller: Teller, day: number, when: { progress: number; last: number }): void {
  const { chance } = teller;
  const weekday = new Date(day).getUTCDay();
  const busy = weekday === 0 || weekday === 6 ? 0.5 : 1;
  const alerts = Math.round(chance.around(5.2 - 1.8 * when.progress, 0.35) * busy);
  for (let i = 0; i < alerts; i += 1) teller.plan(day + chance.between(0, 23) * HOUR + chance.between(0, 59) * MINUTE, () => fireAlert(teller));
  if (chance.next() < (0.42 - 0.14 * when.progress) * busy && when.last - day > 2 * DAY) {
    teller.plan(day + chance.between(6, 20) * HOUR + chance.between(0, 59) * MINUTE, () => breakSomething(teller, chance.pick(INCIDENTS), null));
  }
}

/** The people of a team who answer pages. */
function crew({ company }: Teller, team: number): readonly Member[] {
  return company.members.filter((one) => one.person.team === team && one.person.role !== 'viewer');
}

async function newestAlert({ world, company }: Teller): Promise<{ number: string; title: string } | undefined> {
  return (await world.call(company.admin, 'alerts', 'list', { limit: 1 })).items[0];
}

async function fireAlert(teller: Teller): Promise<void> {
  const { world, company, chance } = teller;
  const kind = chance.pick(ALERT_KINDS);
  const serviceName = chance.pick(kind.on);
  const service = company.services.get(serviceName);
  if (!service) return;
  const labels = { alertname: kind.name, service: serviceName, severity: kind.severity, instance: `${serviceName}-${chance.between(1, 3)}` };
  const send = (status: 'firing' | 'resolved') =>
    world.post(`/ingest/${company.keys.prometheus}/alertmanager`, {
      version: '4',
      status,
      receiver: 'desk',
      externalURL: 'https://alertmanager.harbourworks.example',
      alerts: [
        { status, labels, annotations: { summary: kind.summary.replace('{service}', serviceName) }, startsAt: new Date(world.now()).toISOString(), endsAt: '0001-01-01T00:00:00Z' },
      ],
    });
  await send('firing');
  await world.settle();
  const alert = await newestAlert(teller);
  if (!alert) return;
  const fired = world.now();
  // A repeat after the end would be a new occurrence, so repeats stop before it.
  const ends = fired + chance.around(kind.severity === 'warning' ? 40 : 26, 0.8) * MINUTE;
  for (let at = fired + 10 * MINUTE; at < ends - MINUTE && at < fired + 40 * MINUTE; at += 10 * MINUTE) teller.plan(at, () => send('firing'));
  if (kind.severity !== 'warning' && chance.next() < 0.94) {
    const person = chance.pick(crew(teller, service.team));
    teller.plan(fired + chance.around(3.2, 0.9) * MINUTE, async () => {
      await world.call(person.actor, 'alerts', 'acknowledge', { number: alert.number }).catch(() => undefined);
    });
  }
  teller.plan(ends, () => send('resolved'));
}

/** An incident from its first alert to its actions. `stopAt` leaves it live: for the last hours of the story. */
export async function breakSomething(teller: Teller, story: IncidentStory, stopAt: 'mitigating' | 'monitoring' | null): Promise<void> {
  const { world, company, chance } = teller;
  const service = company.services.get(story.service);
  if (!service) return;
  await world.post('/v2/enqueue', {
    routing_key: company.keys.synthetic,
    event_action: 'trigger',
    dedup_key: `${story.service}-${world.now()}`,
    payload: { summary: story.alert, source: `probe-${story.service}`, severity: 'critical', component: story.service, custom_details: { service: story.service } },
  });
  await world.settle();
  const alert = await newestAlert(teller);
  if (!alert) return;
  const began = world.now();
  const [first, second, third] = shuffled(chance, crew(teller, service.team));
  if (!first || !second || !third) return;
  const speed = story.severity === 'SEV1' ? 0.7 : story.severity === 'SEV2' ? 1 : 1.3;
  const at = (minutes: number, run: () => Promise<unknown>) =>
    teller.plan(began + minutes * speed * MINUTE, async () => {
      await run();
    });
  at(2 + chance.next() * 3, () => world.call(first.actor, 'alerts', 'acknowledge', { number: alert.number }));
  at(7, async () => {
    const {
      incident: { number },
    } = await world.call(first.actor, 'incidents', 'declare', {
      title: story.title,
      severity: story.severity,
      service: service.number,
      alert: alert.number,
      summary: story.meaning,
    });
    const say = (text: string, stage?: 'investigating' | 'mitigating' | 'monitoring') =>
      world.call(first.actor, 'incidents', 'postUpdate', { number, text, ...(stage ? { stage } : {}) });
    at(9, () => world.call(second.actor, 'incidents', 'assign', { number, role: 'operations', person: 'me' }));
    at(10, () => world.call(third.actor, 'incidents', 'assign', { number, role: 'communication', person: 'me' }));
    at(11, () => world.call(third.actor, 'incidents', 'writeMeaning', { number, text: story.meaning }));
    at(12, () => say(story.updates[0] ?? 'We are looking.', 'investigating'));
    for (const [i, note] of story.notes.entries())
      at(15 + i * 4, () => world.call(second.actor, 'incidents', 'addNote', { number, kind: note.kind, text: note.text, ...(note.result ? { result: note.result } : {}) }));
    at(32, () => say(story.updates[1] ?? 'We know the cause.', 'mitigating'));
    if (stopAt === 'mitigating') return;
    at(48, () => say(story.updates[2] ?? 'It is better.', 'monitoring'));
    if (stopAt === 'monitoring') return;
    const end = chance.around(62, 0.45);
    at(50 + end / 2, () => world.post('/v2/enqueue', { routing_key: company.keys.synthetic, event_action: 'resolve', dedup_key: `${story.service}-${began}` }));
    at(50 + end, () => finish(teller, { number, story, owner: first, helper: second }));
  });
}

async function finish(teller: Teller, over: { number: string; story: IncidentStory; owner: Member; helper: Member }): Promise<void> {
  const { world, chance } = teller;
  const { number, story, owner, helper } = over;
  const page = await world.call(owner.actor, 'incidents', 'get', { number });
  for (const note of page.notes.filter((one) => one.kind === 'unknown' && !one.answeredAt))
    await world.call(helper.actor, 'incidents', 'answerNote', { number, note: note.id, answer: 'Answered: see the review.' });
  await world.call(owner.actor, 'incidents', 'resolve', { number, resolution: story.resolution, review: story.severity === 'SEV3' && chance.next() < 0.4 });
  await world.settle();
  const resolved = world.now();
  const review = (await world.call(owner.actor, 'incidents', 'get', { number })).review;
  if (!review) return;
  const writtenAt = resolved + chance.around(30, 0.6) * HOUR;
  teller.plan(writtenAt, async () => {
    for (const [section, text] of Object.entries(story.review))
      await world.call(owner.actor, 'incidents', 'writeSection', { number: review.number, section: section as 'summary', text });
    const named = await world.call(owner.actor, 'incidents', 'addFinding', { number: review.number, factor: story.factor, text: story.review['causes'] ?? story.resolution });
    const finding = named.findings[0]?.id;
    for (const action of story.actions) {
      const due = new Date(world.now() + chance.between(10, 40) * DAY).toISOString().slice(0, 10);
      const who = chance.pick([owner, helper]);
      await world.call(owner.actor, 'incidents', 'addAction', {
        number: review.number,
        title: action,
        ...(finding && { finding }),
        owner: who.number,
        dueOn: due,
        priority: chance.pick(['normal', 'normal', 'high'] as const),
      });
    }
    await planActions(teller, number, review.number);
  });
  // Nobody finishes a review before it is written, however quick they are.
  if (chance.next() < 0.85) teller.plan(Math.max(resolved + chance.around(70, 0.4) * HOUR, writtenAt + HOUR), () => closeReview(teller, review.number, owner));
}

async function planActions(teller: Teller, _incident: string, review: string): Promise<void> {
  const { world, company, chance } = teller;
  const { items } = await world.call(company.admin, 'followups', 'list', { about: review, state: ['open'] });
  for (const action of items) {
    const owner = company.members.find((one) => one.actor.id === action.owner?.id);
    if (owner && chance.next() < 0.82)
      teller.plan(world.now() + chance.around(14, 0.6) * DAY, async () => {
        await world.call(owner.actor, 'followups', 'complete', { number: action.number, evidence: 'Merged, and live since the last release.' }).catch(() => undefined);
      });
  }
}

async function closeReview({ world }: Teller, number: string, owner: Member): Promise<void> {
  const submitted = await world.call(owner.actor, 'incidents', 'review', { number });
  await world.call(owner.actor, 'incidents', 'submitReview', { number, version: submitted.review.version });
  const given = await world.call(owner.actor, 'incidents', 'review', { number });
  await world.call(owner.actor, 'incidents', 'passReview', { number, version: given.review.version });
  const read = await world.call(owner.actor, 'incidents', 'review', { number });
  await world.call(owner.actor, 'incidents', 'finishReview', { number, version: read.review.version });
}

function shuffled<T>(chance: Chance, all: readonly T[]): readonly T[] {
  return all
    .map((one) => ({ one, key: chance.next() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ one }) => one);
}
