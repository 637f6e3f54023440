import { iso } from '#kernel/clock.ts';
import type { Job, Jobs } from '#kernel/desk.ts';
import { senderOf } from './sending/sender.ts';
import * as store from './store/index.ts';
import { tryProvider } from './trying.ts';

const KEPT_MS = 365 * 86_400_000;
/** What outsiders were told stands on the page; one row for each of them is kept for a month. */
const OUTSIDE_KEPT_MS = 30 * 86_400_000;

/** Safety net: what is due and whose job was lost is sent now. Forgets what was told long ago. */
async function sweep({ desk, write }: Job): Promise<void> {
  await senderOf(desk).wake();
  await write(async ({ db, now }) => {
    await store
      .tables(db)
      .deleteFrom('notifyNotification')
      .where('createdAt', '<', iso(now - KEPT_MS))
      .where('pageId', 'is', null)
      .execute();
    await store
      .tables(db)
      .deleteFrom('notifyNotification')
      .where('purpose', '=', 'outside')
      .where('createdAt', '<', iso(now - OUTSIDE_KEPT_MS))
      .execute();
  });
}

const deliver = ({ desk }: Job) => senderOf(desk).wake();

export const jobs: Jobs = {
  tasks: {
    'notify.deliver': deliver,
    // Jobs of an earlier version that waited while the desk was upgraded.
    'notify.send': deliver,
    'notify.sweepDue': sweep,
    'notify.tryProvider': tryProvider,
  },
  every: { 'notify.sweepDue': '* * * * *' },
};
