import { nextOpening, openIn, WEEKDAYS, type Weekday } from '#kernel/weekly.ts';

/** From worst to least. */
export const SEVERITIES = ['critical', 'error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `until` not after `from` runs over midnight; equal is the whole day. */
export type Hours = { readonly days: Weekday[]; readonly from: string; readonly until: string };
/** Local times of a week in a zone. */
export type Times = { readonly zone: string; readonly hours: Hours[] };

/** What a step asks for; what is left out or empty is not asked for. */
export type When = { readonly severities?: Severity[] | undefined; readonly tiers?: number[] | undefined; readonly times?: Times | undefined };

/** What is known of what is paged about; null is unknown. */
export type About = { readonly severity: Severity | null; readonly tier: number | null };
export const UNKNOWN: About = { severity: null, tier: null };

/** `severity`: warning and info are low. `support`: everything is low outside of support hours. */
export type UrgencyBy = 'high' | 'severity' | 'support';
export type Urgency = 'high' | 'low';
export type UrgencyRule = { readonly by: UrgencyBy; readonly support: Times | null };
export const ALWAYS_HIGH: UrgencyRule = { by: 'high', support: null };

export function isInside({ hours, zone }: Times, now: number): boolean {
  return openIn(hours, zone, { from: now, until: now + 1 }).length > 0;
}

/** When the hours begin next after the instant; null when they never do. */
export function opensAfter({ hours, zone }: Times, now: number): number | null {
  return nextOpening(hours, zone, now);
}

/** How urgent a page is now. `waitsUntil`: low urgency outside of support hours waits for them. */
export function urgencyOf({ by, support }: UrgencyRule, { severity }: About, now: number): { readonly urgency: Urgency; readonly waitsUntil: number | null } {
  const inside = support === null || support.hours.length === 0 || isInside(support, now);
  const isLow = by === 'severity' ? severity === 'warning' || severity === 'info' : by === 'support' && !inside;
  if (!isLow) return { urgency: 'high', waitsUntil: null };
  return { urgency: 'low', waitsUntil: inside || support === null ? null : opensAfter(support, now) };
}

/** `mo to fr 08:00 to 18:00` */
export function timesWords({ zone, hours }: Times): string {
  const spoken = hours.map(({ days, from, until }) => `${daysWords(days)} ${from === until ? 'the whole day' : `${from} to ${until}`}`);
  return `${spoken.join(' and ')} (${zone})`;
}

const NAMES: Readonly<Record<Weekday, string>> = { mo: 'Mon', tu: 'Tue', we: 'Wed', th: 'Thu', fr: 'Fri', sa: 'Sat', su: 'Sun' };

function daysWords(days: readonly Weekday[]): string {
  const at = WEEKDAYS.flatMap((day, place) => (days.includes(day) ? [place] : []));
  if (at.length === 7) return 'every day';
  const names = at.map((place) => NAMES[WEEKDAYS[place]!]);
  const isRun = at.length > 2 && at.at(-1)! - at[0]! === at.length - 1;
  return isRun ? `${names[0]} to ${names.at(-1)}` : names.join(', ');
}

/** Why a step does not apply, as the end of "Step 1 of 3 was skipped: …"; undefined when it applies. */
export function refuseStep(when: When | undefined, { severity, tier }: About, now: number): string | undefined {
  const { severities = [], tiers = [], times } = when ?? {};
  if (severities.length > 0 && (severity === null || !severities.includes(severity)))
    return `it is for ${severities.join(' and ')} only, and this is ${severity ?? 'of unknown severity'}`;
  if (tiers.length > 0 && (tier === null || !tiers.includes(tier)))
    return `it is for tier ${tiers.join(' and ')} only, and ${tier === null ? 'no service with a tier is concerned' : `this is tier ${tier}`}`;
  if (times && times.hours.length > 0 && !isInside(times, now)) return `it applies ${timesWords(times)} only`;
  return undefined;
}

/** "only critical, tier 1, Mon to Fri 08:00 to 18:00 (Europe/Berlin)"; empty when the step always applies. */
export function whenWords({ severities = [], tiers = [], times }: When): string {
  const parts = [...(severities.length > 0 ? [severities.join(' or ')] : []), ...(tiers.length > 0 ? [`tier ${tiers.join(' or ')}`] : [])];
  if (times && times.hours.length > 0) parts.push(timesWords(times));
  return parts.length === 0 ? '' : `only ${parts.join(', ')}`;
}
