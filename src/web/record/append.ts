import { cache, wordsOf, type Pages } from '#web/api.ts'
import type { Entry } from '#kernel/records/contract.ts'
import type { LiveEvent } from '#web/live.ts'

type Timeline = Pages<{ readonly items: readonly Entry[]; readonly cursor: string | null }>

function actorIn(timeline: Timeline, name: string | null): Entry['actor'] | undefined {
  if (name === null) return null
  return timeline.pages.flatMap((page) => page.items).find((entry) => entry.actor?.title === name)?.actor
}

/** Text of people is not in the log (decision 5), so an entry that has some is read from the desk. */
const hasText = (did: string) => did.startsWith('record.comment') || /updated|posted|noted/i.test(did)

/** Puts a live entry on top of its record's open timeline without asking the desk; asks when it cannot be told in full. */
export function appendEntry(event: LiveEvent): void {
  const { record } = event
  if (!record) return
  const open = cache.getQueryCache().findAll({
    predicate: ({ queryKey }) => queryKey[0] === 'records.timeline' && (queryKey[1] as { number?: string })?.number === record.number,
  })
  for (const query of open) {
    const timeline = query.state.data as Timeline | undefined
    const [first, ...rest] = timeline?.pages ?? []
    if (!timeline || !first) continue
    if (first.items.some((entry) => entry.id === event.id)) continue
    const actor = actorIn(timeline, event.actor)
    const words = wordsOf(event.did)
    if (actor === undefined || words === undefined || hasText(event.did)) {
      void cache.invalidateQueries({ queryKey: query.queryKey, exact: true })
      continue
    }
    const { id, at, did, data } = event
    const entry: Entry = { id, at, did, words, actor, via: 'web', record: null, data: { ...data }, comment: null }
    cache.setQueryData(query.queryKey, { ...timeline, pages: [{ ...first, items: [entry, ...first.items] }, ...rest] })
  }
}
