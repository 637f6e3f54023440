import type { Severity } from '../contract/shapes.ts';

/** What the severities mean until somebody writes it for their house (after the levels of PagerDuty's response guide). */
export const MEANINGS: Readonly<Record<Severity, { readonly means: string; readonly examples: string }>> = {
  SEV1: { means: 'Customers or the whole house cannot work, data is lost, or somebody unauthorised is inside.', examples: 'The web shop takes no orders. A database was deleted. Accounts were taken over.' },
  SEV2: { means: 'An important service fails for many, or will soon.', examples: 'One in five payments fails. The second line of two is down.' },
  SEV3: { means: 'Something is impaired, with a way around, or few people feel it.', examples: 'Mail is ten minutes late. One office has no printers.' },
  SEV4: { means: 'Nobody feels it yet, and it should be looked at today.', examples: 'A disk fills within a week. A retry hides errors.' },
};
