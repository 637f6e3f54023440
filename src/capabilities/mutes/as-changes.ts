import { registerChanges } from '#capabilities/catalog/index.ts';
import { iso } from '#kernel/clock.ts';
import { SYSTEM } from '#kernel/permissions.ts';
import { refsOf } from '#kernel/records/index.ts';
import { serviceLabels } from './affected.ts';
import { matchesAny, activeSpans } from './rules/index.ts';
import { maintenanceDuring } from './store.ts';

/** Somebody works on what is under maintenance: its begin is a change. */
registerChanges(async ({ db, actor }, { from, until, places }) => {
  const rules = await maintenanceDuring(db, { from, until });
  if (rules.length === 0) return [];
  const [labels, seen] = [
    await serviceLabels({ db, actor: SYSTEM }),
    await refsOf(
      db,
      actor,
      rules.map(({ id }) => id),
    ),
  ];
  return rules.flatMap((rule) => {
    const hit = places.filter((id) => labels.has(id) && matchesAny(rule.sets, { ...labels.get(id) }));
    // One that ran already when the time began is cut there, and did not begin in it.
    const begun = activeSpans(rule.when, { from: from - 1, until }).filter((window) => window.from >= from);
    if (hit.length === 0 || !seen.has(rule.id)) return [];
    return begun.map((window) => ({
      key: `mute:${rule.id}:${window.from}`,
      at: iso(window.from),
      kind: 'maintenance' as const,
      title: rule.title,
      places: hit,
      recordId: rule.id,
      actorId: null,
      link: null,
    }));
  });
});
