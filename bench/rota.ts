import { onCallAt, resolve, type Layer, type Rota } from '#capabilities/rotas/rules/index.ts';
import { openTestDesk } from '#testing/desk.ts';
import { atMost, median, quantile, type Outcome } from './figures.ts';

const ROTAS = 200;
const YEAR = 365 * 86_400_000;
const FROM = Date.UTC(2026, 0, 1);
const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe', 'UTC'] as const;

/** Five layers as people have them: weeks, office hours, nights by the day, weekends, a month of readiness; and what people change. */
function rotaOf(place: number): Rota {
  const zone = ZONES[place % ZONES.length]!;
  const people = (count: number) => Array.from({ length: count }, (_, i) => [`person ${(place * 7 + i) % 300}`]);
  const rotation = (type: Layer['rotation']['type'], hour: number) => ({ type, length: 1, zone, start: FROM - 200 * 86_400_000 + hour * 3_600_000 });
  const layer = (id: string, rest: Omit<Layer, 'id' | 'name'>): Layer => ({ id, name: id, ...rest });
  const week = ['mo', 'tu', 'we', 'th', 'fr'] as const;
  return {
    layers: [
      layer('weekly', { priority: 0, rotation: rotation('weekly', 9), people: people(6) }),
      layer('office', { priority: 1, rotation: rotation('daily', 9), people: people(4), hours: [{ days: week, from: '09:00', until: '17:00' }] }),
      layer('nights', { priority: 1, rotation: rotation('daily', 20), people: people(5), hours: [{ days: week, from: '20:00', until: '08:00' }] }),
      layer('weekend', {
        priority: 2,
        rotation: rotation('weekly', 0),
        people: [...people(3), ['person 1', 'person 2']],
        hours: [{ days: ['sa', 'su'], from: '00:00', until: '00:00' }],
      }),
      layer('monthly', { priority: 0, rotation: rotation('monthly', 9), people: people(3) }),
    ],
    overrides: Array.from({ length: 20 }, (_, i) => ({
      id: `override ${i}`,
      personId: `person ${i}`,
      ...(i % 2 ? { kind: 'replace' as const, insteadId: `person ${(place * 7) % 300}` } : {}),
      from: FROM + i * 15 * 86_400_000,
      until: FROM + (i * 15 + 2) * 86_400_000,
      madeAt: i,
    })),
    absences: Array.from({ length: 5 }, (_, i) => ({
      id: `absence ${i}`,
      personId: `person ${(place * 7 + i) % 300}`,
      from: FROM + i * 60 * 86_400_000,
      until: FROM + (i * 60 + 10) * 86_400_000,
    })),
  };
}

function clocked(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** A year of shifts and the answer for an instant, by the rules alone; and what a desk with as many rotas answers. */
export async function run(): Promise<Outcome> {
  const window = { from: FROM, until: FROM + YEAR };
  let shifts = 0;
  const years = Array.from({ length: 5 }, () => {
    // New ones each time: nothing that was worked out for a layer before is at hand.
    const rotas = Array.from({ length: ROTAS }, (_, place) => rotaOf(place));
    return clocked(() => {
      shifts = rotas.reduce((sum, rota) => sum + resolve({ ...rota, window }).length, 0);
    });
  });
  const instants = Array.from({ length: 50 }, (_, i) => {
    const rotas = Array.from({ length: ROTAS }, (_unused, place) => rotaOf(place));
    return clocked(() => rotas.forEach((rota) => onCallAt(rota, FROM + i * 7.3 * 86_400_000)));
  });
  const answers = await deskAnswers();
  return {
    name: 'rota',
    figures: {
      yearMs: median(years),
      yearFirstMs: years[0]!,
      shiftsOfAYear: shifts,
      instantMs: median(instants),
      instantP99Ms: quantile(instants, 0.99),
      answerMs: median(answers),
      answerP99Ms: quantile(answers, 0.99),
    },
    ratios: {},
    targets: [
      atMost(`final shifts of one year for ${ROTAS} rotas of 5 layers, s`, median(years) / 1000, 1),
      atMost(`who is on call at an instant for ${ROTAS} rotas, ms`, median(instants), 5),
    ],
  };
}

/** `GET /rotas/now` of a desk with 200 rotas, over HTTP, with its database. */
async function deskAnswers(): Promise<number[]> {
  const desk = await openTestDesk();
  try {
    const people = [await desk.person('Ada Ek', 'responder'), await desk.person('Bo Berg', 'responder'), await desk.person('Cy Dahl', 'responder')].map(({ number }) => number);
    const layer = { kind: 'weekly' as const, start: '2026-01-05T09:00', people };
    for (let i = 0; i < ROTAS; i += 1) {
      let rota = await desk.rotas.create({ name: `Rota ${i}`, zone: ZONES[i % ZONES.length]!, layer: { name: 'Layer 0', ...layer } });
      for (let more = 1; more < 5; more += 1) {
        rota = await desk.rotas.addLayer({
          number: rota.number,
          version: rota.version,
          name: `Layer ${more}`,
          ...layer,
          priority: more,
          hours: [{ days: ['sa', 'su'], from: '08:00', until: '20:00' }],
        });
      }
    }
    const took: number[] = [];
    for (let i = 0; i < 20; i += 1) {
      const began = performance.now();
      await desk.rotas.now({});
      took.push(performance.now() - began);
    }
    return took;
  } finally {
    await desk.close();
  }
}
