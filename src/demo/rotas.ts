import type { Actor } from '#kernel/permissions.ts';
import type { Company, Member } from './setting.ts';
import { TEAMS } from './organisation.ts';
import type { World } from './world.ts';

const DAY = 86_400_000;

/** Everybody who may be paged has sent themselves a test, but one who never did. */
export async function tryContacts(world: World, members: readonly Member[]): Promise<void> {
  const able = members.filter(({ person }) => person.role !== 'viewer' && TEAMS[person.team]?.oncall);
  for (const { actor } of able.slice(0, -1)) await world.call(actor, 'notify', 'test', { id: 'email' });
  await world.settle();
}

/** Holidays of a year and the next, as a public calendar gives them. */
function holidaysFrom(year: number): string {
  const days = [
    ['0101', 'New Year'],
    ['0501', 'Labour Day'],
    ['1003', 'Day of German Unity'],
    ['1225', 'Christmas Day'],
    ['1226', 'Second Christmas Day'],
  ] as const;
  const events = [year, year + 1].flatMap((each) =>
    days.map(([date, name]) => `BEGIN:VEVENT\r\nUID:${each}${date}@holidays\r\nDTSTART;VALUE=DATE:${each}${date}\r\nSUMMARY:${name}\r\nEND:VEVENT\r\n`),
  );
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sample//holidays//EN\r\n${events.join('')}END:VCALENDAR\r\n`;
}

/** What a rota looks like in real life: somebody is away next weekend, somebody asks for cover, one learns the trade, holidays are near. */
export async function dutyOfTheSeason(world: World, { admin, members }: Company): Promise<void> {
  const by = new Map(members.map((member) => [member.number, member]));
  const rotaNamed = async (q: string) => (await world.call(admin, 'rotas', 'list', { q })).items[0];
  const [platform, infrastructure, payments] = [await rotaNamed('Platform, first'), await rotaNamed('Infrastructure, first'), await rotaNamed('Payments, first')];
  const day = (ahead: number) => new Date(world.now() + ahead * DAY).toISOString().slice(0, 10);
  const saturday = (6 - new Date(world.now()).getUTCDay() + 7) % 7 || 7;
  const calendar = await world.call(admin, 'rotas', 'addCalendar', { name: 'Berlin', text: holidaysFrom(new Date(world.now()).getUTCFullYear()) });
  for (const rota of [platform, infrastructure]) {
    if (rota) await world.call(admin, 'rotas', 'update', { number: rota.number, version: rota.version, calendarId: calendar.id });
  }
  if (platform) {
    const away = await whoHas(world, admin, { number: platform.number, at: Date.parse(`${day(saturday)}T12:00:00Z`) });
    if (away)
      await world.call(admin, 'rotas', 'addAbsence', { person: away, kind: 'leave', from: `${day(saturday)}T18:00`, until: `${day(saturday + 1)}T09:00`, zone: platform.zone });
  }
  if (infrastructure) {
    const at = Date.parse(`${day(saturday + 3)}T12:00:00Z`);
    const owner = by.get((await whoHas(world, admin, { number: infrastructure.number, at })) ?? '');
    if (owner)
      await world.call(owner.actor, 'rotas', 'askSwap', {
        number: infrastructure.number,
        from: `${day(saturday + 3)}T09:00`,
        until: `${day(saturday + 4)}T09:00`,
        note: 'Parents’ evening',
      });
  }
  if (payments) {
    const [learner] = members.filter(({ person }) => TEAMS[person.team]?.name === 'Payments' && person.role !== 'viewer').slice(-1);
    const { version } = (await world.call(admin, 'rotas', 'get', { number: payments.number })).rota;
    if (learner)
      await world.call(admin, 'rotas', 'addLayer', {
        number: payments.number,
        version,
        name: 'Learning',
        kind: 'weekly',
        start: `${day(-7)}T09:00`,
        people: [learner.number],
        shadow: true,
        hours: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', until: '17:00' }],
      });
  }
}

async function whoHas(world: World, admin: Actor, { number, at }: { readonly number: string; readonly at: number }): Promise<string | undefined> {
  const { result } = await world.call(admin, 'rotas', 'shifts', { number, from: new Date(at).toISOString(), until: new Date(at + 3_600_000).toISOString() });
  return result[0]?.people[0]?.number;
}
