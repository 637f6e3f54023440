/** "Tell me on this contact so many minutes after the page." */
export type PersonalRule = { readonly contactId: string; readonly delayMinutes: number };

/** `lastRun`: the instant up to which rules were already looked at; null before the first time. Epoch ms. */
export type Progress = { readonly startedAt: number; readonly lastRun: number | null };

const MINUTE = 60_000;

function inOrder(rules: readonly PersonalRule[]): PersonalRule[] {
  return rules
    .map((rule, place) => ({ rule, place }))
    .sort((a, b) => a.rule.delayMinutes - b.rule.delayMinutes || a.place - b.place)
    .map(({ rule }) => rule);
}

function dueAt(rule: PersonalRule, startedAt: number): number {
  return startedAt + Math.max(0, rule.delayMinutes) * MINUTE;
}

/**
 * The contacts to use now: each at most once even if several of its rules were missed, the earliest rule first.
 * A rule added after its time has passed is left out (rule: GoAlert `engine/npcyclemanager`).
 */
export function dueContacts(rules: readonly PersonalRule[], { startedAt, lastRun }: Progress, now: number): string[] {
  const due = inOrder(rules).filter((rule) => {
    const at = dueAt(rule, startedAt);
    return at <= now && (lastRun === null || at > lastRun);
  });
  return [...new Set(due.map((rule) => rule.contactId))];
}

/** The next instant after `after` at which a rule falls due; null when none is left. */
export function nextDueAt(rules: readonly PersonalRule[], startedAt: number, after: number): number | null {
  const later = rules.map((rule) => dueAt(rule, startedAt)).filter((at) => at > after);
  return later.length === 0 ? null : Math.min(...later);
}

/** The contact to use at once when a provider refuses: the first by rule order that was not tried for this page; null when none is left. */
export function nextContact(rules: readonly PersonalRule[], tried: readonly string[]): string | null {
  return inOrder(rules).find((rule) => !tried.includes(rule.contactId))?.contactId ?? null;
}
