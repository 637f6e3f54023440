import { EXAMPLES, type AffectedSource } from '#capabilities/mutes/index.ts';
import { matchesAny, type Matcher } from '#capabilities/mutes/rules/index.ts';
import * as store from './store/index.ts';

/** More open alerts than this are not looked through; the newest are. */
const LOOKED_AT_MOST = 20_000;

/** Labels that a set asks for literally: what the database can look for. */
const literalOf = (set: readonly Matcher[]) => Object.fromEntries(set.filter(({ op, value }) => op === '=' && value !== '').map(({ name, value }) => [name, value]));

/** The open alerts that a mute would keep silent. */
export const affectedAlerts: AffectedSource = async ({ db, actor }, sets) => {
  const rows = await store.openWithAny(db, actor, { sets: sets.map(literalOf), most: LOOKED_AT_MOST });
  const hit = rows.filter(({ labels }) => matchesAny(sets, labels));
  return { kind: 'alert', count: hit.length, examples: hit.slice(0, EXAMPLES).map(({ id, number, title }) => ({ id, kind: 'alert', number, title })) };
};
