import { registerTellingRefusal } from '#capabilities/status/index.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import * as store from './store/incidents.ts';

const MARK = 'Practice: ';

/** Wherever the title stands, in a mail or on a phone, it says that this is practice. */
export function practiceTitle(title: string): string {
  return title.startsWith(MARK) ? title : `${MARK}${title}`.slice(0, 200);
}

registerTellingRefusal(async ({ db }, aboutId) => {
  const [incident] = await store.byIds(db, SYSTEM, [aboutId]);
  return incident?.practice ? 'This is a practice incident; nobody outside is told of it.' : undefined;
});
