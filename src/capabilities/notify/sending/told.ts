import type { NotificationRow } from '../store/index.ts';
import type { Way } from '../ways.ts';

/** What the log keeps of a message: who, on what, and which row has the rest. */
export function toldOf(row: NotificationRow, way: Pick<Way, 'channel' | 'label'>) {
  return { person: row.personId, channel: way.channel, contact: way.label, notification: row.id };
}
