import { cache, type Pages } from '#web/api.ts';
import type { Entry } from '#kernel/records/contract.ts';
import type { LiveEvent } from '#web/live.ts';

type Timeline = Pages<{ readonly items: readonly Entry[]; readonly cursor: string | null }>;

/** Puts a live entry on top of its record's open timeline without asking the desk; an edited comment is read anew. */
export function appendEntry(event: LiveEvent): void {
  const { record, ...entry } = event;
  if (!record) return;
  const open = cache.getQueryCache().findAll({
    predicate: ({ queryKey }) => queryKey[0] === 'records.timeline' && (queryKey[1] as { number?: string })?.number === record.number,
  });
  for (const query of open) {
    const timeline = query.state.data as Timeline | undefined;
    const [first, ...rest] = timeline?.pages ?? [];
    if (!timeline || !first || first.items.some((one) => one.id === event.id)) continue;
    if (event.did === 'record.commentEdited') {
      void cache.invalidateQueries({ queryKey: query.queryKey, exact: true });
      continue;
    }
    const top: Entry = { ...entry, record: null };
    cache.setQueryData(query.queryKey, { ...timeline, pages: [{ ...first, items: [top, ...first.items] }, ...rest] });
  }
}
