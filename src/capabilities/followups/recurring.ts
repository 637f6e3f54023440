import { tell } from '#capabilities/notify/index.ts';
import type { Write } from '#kernel/desk.ts';
import { iso } from '#kernel/clock.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import * as store from './store.ts';

interface Return {
  readonly factor: string;
  /** The incident in which the factor came back, and its number. */
  readonly incidentId: string;
  readonly number: string;
  /** When that began, epoch ms: actions made later cannot have failed. */
  readonly at: number;
}

/** A factor came back: actions against it are linked with the incident, and whether they helped is open again. Answers how many. */
export async function factorCameBack(ctx: Write, { factor, incidentId, number, at }: Return): Promise<number> {
  const found = await store.against(ctx.db, [factor], iso(at));
  const desk = ctx.as(SYSTEM);
  for (const action of found) {
    await desk.link(action.id, 'related to', incidentId);
    await store.tables(ctx.db).updateTable('followupsAction').set({ helped: 'open' }).where('id', '=', action.id).execute();
    await desk.record({ record: action.id, did: 'action.recurred', data: { incident: incidentId, factor, helped: action.helped } });
    if (action.ownerId === null) continue;
    const text = action.state === 'done' ? 'It was done before. Look whether it helped, and say so on its page.' : 'It is not done yet.';
    await tell(desk, {
      personId: action.ownerId,
      about: action.id,
      topic: `action ${action.id}`,
      title: `It came back: ${action.title}`,
      text: `“${factor}” played a part in ${number} too. ${text}`,
    });
  }
  return found.length;
}
