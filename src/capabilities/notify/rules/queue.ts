/** Smaller goes first. What nobody can wait for overtakes what is only told. */
export const PRIORITY = { urgent: 0, test: 1, page: 2, post: 3, low: 4, notice: 5, outside: 6 } as const;

interface Before {
  readonly personId: string;
  readonly aboutId: string;
  readonly serviceId: string | null;
  readonly endedAt: string | null;
}

/** An escalation, and the first page of a service to a person, overtake whatever else waits for them. */
export function priorityOfPage(
  page: { readonly personId: string; readonly about: string; readonly serviceId?: string | null; readonly urgency: 'high' | 'low' },
  before: readonly Before[],
): number {
  if (page.urgency === 'low') return PRIORITY.low;
  const escalation = before.some((one) => one.aboutId === page.about);
  const first = !before.some((one) => one.personId === page.personId && one.endedAt === null && one.aboutId !== page.about && one.serviceId === (page.serviceId ?? null));
  return escalation || first ? PRIORITY.urgent : PRIORITY.page;
}

interface Waiting {
  readonly id: string;
  readonly createdAt: number;
}

/**
 * Of the messages on one topic for one contact only the newest has still something to say. `topicOf` is null for what
 * stands for itself, `rankOf` says which is newest. What stands for itself is kept before the others, those newest first.
 */
export function newestOnly<M extends Waiting>(
  messages: readonly M[],
  topicOf: (message: M) => string | null,
  rankOf: (message: M) => number,
): { readonly kept: readonly M[]; readonly outdated: readonly M[] } {
  const alone = messages.filter((message) => topicOf(message) === null);
  const newest = new Map<string, M>();
  for (const message of messages) {
    const topic = topicOf(message);
    const known = topic === null ? undefined : newest.get(topic);
    if (topic !== null && (!known || rankOf(message) > rankOf(known))) newest.set(topic, message);
  }
  const kept = [...alone, ...[...newest.values()].toSorted((one, other) => rankOf(other) - rankOf(one))];
  return { kept, outdated: messages.filter((message) => !kept.includes(message)) };
}

interface Bundle<M> {
  /** The one that is sent; what is asked of it is asked of all. */
  readonly first: M;
  readonly others: readonly M[];
}

/** Messages of one key become one, dated as the oldest of them; one alone stays as it is. Those without a key stand for themselves. */
export function bundled<M extends Waiting>(messages: readonly M[], keyOf: (message: M) => string | null): readonly Bundle<M>[] {
  const groups = new Map<string, M[]>();
  for (const message of messages) {
    const key = keyOf(message) ?? `alone ${message.id}`;
    groups.set(key, [...(groups.get(key) ?? []), message]);
  }
  return [...groups.values()].map((group) => {
    const first = group.reduce((oldest, one) => (one.createdAt < oldest.createdAt ? one : oldest));
    return { first, others: group.filter((one) => one !== first) };
  });
}
