import { peopleByIds } from '#capabilities/people/index.ts';
import { linkActor } from '#kernel/activity.ts';
import type { Read } from '#kernel/desk.ts';
import { loadRotas, type Loaded } from '../calendar.ts';
import { resolve } from '../rules/index.ts';
import * as store from '../store/index.ts';
import { writeCalendar, type Duty } from './written.ts';

const DAY = 86_400_000;
const [BACK, AHEAD] = [31 * DAY, 183 * DAY];
const MONTH = 28 * DAY;

/** At least so much, between edges that stay where they are for four weeks: a shift that is cut at one keeps its name meanwhile. */
const windowAround = (now: number) => ({ from: Math.floor((now - BACK) / MONTH) * MONTH, until: Math.ceil((now + AHEAD) / MONTH) * MONTH });

/** The text of a calendar, or null when it, its owner or its rota is gone. */
export async function calendarOf(ctx: Read, feedId: string): Promise<string | null> {
  const feed = await store.feedById(ctx.db, feedId);
  const owner = feed && (await peopleByIds(ctx.db, [feed.personId])).get(feed.personId);
  if (!feed || !owner?.active) return null;
  // A rota that was restricted since is hidden from its reader as everywhere else.
  const actor = linkActor(owner.id, owner.name);
  const rows = feed.rotaId === null ? await store.rotas(ctx.db, actor, { limit: 1000 }) : await store.rotasByIds(ctx.db, actor, [feed.rotaId]);
  if (feed.rotaId !== null && rows.length === 0) return null;
  const window = windowAround(ctx.now);
  const loaded = await loadRotas(ctx.db, rows, window);
  const all = loaded.flatMap((each) => dutiesOf(each, window));
  const mine = feed.rotaId === null ? all.filter(({ personId }) => personId === owner.id) : all;
  const people = await peopleByIds(
    ctx.db,
    mine.map(({ personId }) => personId),
  );
  const duties = mine.map(({ row, personId, from, until, by }): Duty => {
    const name = people.get(personId)?.name ?? 'somebody';
    return {
      uid: `${row.id}.${personId}.${from}@quarterdeck`,
      from,
      until,
      title: feed.rotaId === null ? `On call: ${row.title}` : `${name}: ${row.title}`,
      text: `${name} is on call in ${row.title} (${row.number})${by === 'layer' ? '' : `, by ${by}`}.`,
      url: `${ctx.desk.config.publicUrl}/on-call/${row.number}`,
      sequence: row.version,
    };
  });
  const [first] = rows;
  return writeCalendar({ name: feed.rotaId === null ? `On call: ${owner.name}` : `On call: ${first?.title ?? ''}`, at: ctx.now, duties });
}

interface Turn {
  readonly row: store.RotaRow;
  readonly personId: string;
  readonly from: number;
  readonly until: number;
  readonly by: string;
}

/** Each stretch of each person; a change of the people beside them does not cut it. */
function dutiesOf({ row, rota }: Loaded, window: { readonly from: number; readonly until: number }): Turn[] {
  const running = new Map<string, { turn: Turn; until: number }>();
  const done: Turn[] = [];
  for (const { from, until, value } of resolve({ ...rota, window })) {
    for (const personId of value.people) {
      const known = running.get(personId);
      if (known && known.until === from && known.turn.by === value.by) {
        known.until = until;
        continue;
      }
      if (known) done.push({ ...known.turn, until: known.until });
      running.set(personId, { turn: { row, personId, from, until, by: value.by }, until });
    }
  }
  return [...done, ...[...running.values()].map(({ turn, until }) => ({ ...turn, until }))].toSorted((a, b) => a.from - b.from);
}
