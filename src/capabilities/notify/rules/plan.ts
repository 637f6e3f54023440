/** Waits between attempts on one contact, in ms; after the last the next contact is used (reference: GoAlert retries after 15 s). */
export const RETRY_WAITS = [5_000, 15_000] as const;
/** How long an attempt may take before it counts as broken off and a page is sent again. */
export const CLAIM_MS = 30_000;

export interface PersonalRule {
  readonly contact: string;
  readonly delayMinutes: number;
}

/** Rules of somebody who has set none: mail and the open browser at once. */
export const DEFAULT_RULES: readonly PersonalRule[] = [
  { contact: 'browser', delayMinutes: 0 },
  { contact: 'email', delayMinutes: 0 },
];

/**
 * Which contact is used when: each contact once per delay, earliest first; contacts that are gone are left out. Whether an open
 * browser is looked at nobody knows, so it is alone only where the person wants it so.
 */
export function planOf(rules: readonly PersonalRule[], contacts: readonly string[]): readonly PersonalRule[] {
  const usable = (rules.length > 0 ? rules : DEFAULT_RULES).filter((rule) => contacts.includes(rule.contact));
  const distinct = usable.filter((rule, i) => usable.findIndex((other) => other.contact === rule.contact && other.delayMinutes === rule.delayMinutes) === i);
  const plan = distinct.toSorted((a, b) => a.delayMinutes - b.delayMinutes);
  const isWanted = rules.length > 0 && rules.every((rule) => rule.contact === 'browser');
  if (plan.some((rule) => rule.contact !== 'browser') || (isWanted && plan.length > 0)) return plan;
  const other = contacts.includes('email') ? 'email' : contacts.find((contact) => contact !== 'browser');
  if (other !== undefined) return [{ contact: other, delayMinutes: 0 }, ...plan];
  return plan.length > 0 ? plan : contacts.slice(0, 1).map((contact) => ({ contact, delayMinutes: 0 }));
}

/** Longer than this nobody waits for one provider while there is another contact, and others at the same provider do not wait at all. */
export const LONGEST_WAIT_MS = 60_000;
/** However long a provider asks to be left alone: a page is tried again within this time. */
const LONGEST_REST_MS = 5 * 60_000;

interface Failed {
  readonly attempt: number;
  readonly permanent: boolean;
  /** How long the provider asked to be left alone. */
  readonly waitMs?: number;
}

export type AfterFailure =
  | { readonly kind: 'again'; readonly inMs: number; /** Tried at once, beside it. */ readonly beside?: string }
  | { readonly kind: 'next'; readonly contact: string }
  | { readonly kind: 'unreachable' };

/**
 * What follows a failed attempt of a page: the next contact of the plan (then any other) at once, and the same one again
 * while the failure may pass; with none left that has not been tried the person is unreachable.
 */
export function afterFailure(failed: Failed, tried: readonly string[], order: readonly string[]): AfterFailure {
  const wait = RETRY_WAITS[failed.attempt - 1];
  const next = order.find((contact) => !tried.includes(contact));
  const asked = failed.waitMs ?? 0;
  const patient = asked <= LONGEST_WAIT_MS || next === undefined;
  if (!failed.permanent && wait !== undefined && patient)
    return { kind: 'again', inMs: Math.min(Math.max(wait, asked), LONGEST_REST_MS), ...(failed.attempt === 1 && next !== undefined && { beside: next }) };
  return next === undefined ? { kind: 'unreachable' } : { kind: 'next', contact: next };
}

interface Judged {
  readonly id: string;
  readonly channel: string;
  readonly verified: boolean;
  readonly trouble: string | null;
}

/** A warning for people whose only ways to be reached may fail them; null when all is well. */
export function reachWarning(contacts: readonly Judged[]): string | null {
  const sound = contacts.filter((c) => c.id !== 'browser' && c.trouble === null);
  if (sound.length === 0) return 'Only this desk in an open browser can reach you. Add mail or ntfy and send a test, so that a page finds you with the browser closed.';
  const proven = sound.filter((c) => c.verified);
  if (proven.length > 0 && proven.every((c) => c.channel === 'push'))
    return 'Push alone is not certain to arrive: browsers end it without a word. Test a second contact, such as mail or a phone.';
  if (proven.length === 0) return 'No contact of yours has been tested. Send a test, so that you know a page would reach you.';
  return null;
}
