import type { Company } from './setting.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Service, what customers call it, the group they look for it in. */
const SHOWN = [
  ['web-shop', 'Web shop', 'For customers'],
  ['mobile-app-api', 'Mobile app', 'For customers'],
  ['payments-api', 'Payments', 'For customers'],
  ['sso', 'Sign-in', 'For customers'],
  ['tracking-api', 'Tracking of containers', 'For partners'],
  ['mail-gateway', 'Messages by mail', 'For partners'],
] as const;

/** The status page, there from the first day so that it has a history. */
export async function openToOutside({ call }: World, { admin, services }: Company): Promise<void> {
  const made = await call(admin, 'status', 'createPage', { title: 'Services of the harbour', slug: 'harbour', about: 'How our services are doing, and what we are working on.' });
  let { version } = made;
  for (const [service, name, group] of SHOWN) {
    const source = services.get(service)?.number;
    await call(admin, 'status', 'addComponent', { number: made.number, version, name, group, ...(source && { source, followsChecks: true }) });
    version += 1;
  }
  await call(admin, 'status', 'changePage', { number: made.number, version, published: true });
}

/** What outsiders are told now: of the incident that runs, and of the work of the day after tomorrow. */
export async function tellOutside({ call, now }: World, { admin }: Company): Promise<void> {
  const [page] = (await call(admin, 'status', 'pages', {})).items;
  const [live] = (await call(admin, 'incidents', 'live', {})).items;
  if (!page) return;
  const { components } = await call(admin, 'status', 'page', { number: page.number });
  const mail = components.filter(({ name }) => name === 'Messages by mail').map(({ id }) => id);
  const begin = Math.ceil((now() + 2 * DAY) / DAY) * DAY + 20 * HOUR;
  const planned = await call(admin, 'status', 'planMaintenance', {
    page: page.number,
    title: 'New mail gateway',
    text: 'We move mail to new machines. Messages may come up to ten minutes late; none is lost.',
    components: mail,
    startsAt: new Date(begin).toISOString(),
    endsAt: new Date(begin + 2 * HOUR).toISOString(),
  });
  await call(admin, 'status', 'send', { number: planned.number, version: planned.version });
  if (!live) return;
  const { number } = await call(admin, 'incidents', 'draftPost', { number: live.number, page: page.number });
  const { post } = await call(admin, 'status', 'post', { number });
  const text = 'Some card payments fail. Bank transfer and invoices work, and nothing is booked twice. We are working on it.';
  const states = components.filter(({ name }) => name === 'Payments').map(({ id }) => ({ component: id, state: 'partial_outage' as const }));
  const drafted = await call(admin, 'status', 'draftUpdate', { number, version: post.version, phase: 'identified', text, states });
  await call(admin, 'status', 'send', { number, version: drafted.version });
}
