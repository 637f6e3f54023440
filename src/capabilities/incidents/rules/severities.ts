import type { Severity } from '../contract/shapes.ts';

/** What the severities mean until somebody writes it for their house (after the levels of PagerDuty's response guide). */
export const MEANINGS: Readonly<Record<Severity, { readonly means: string; readonly examples: string }>> = {
  SEV1: {
    means: 'Most people cannot work, data is at risk, or the public is harmed. Updates every 30 min, a review afterwards.',
    examples: 'The web shop takes no orders. A database was deleted. Accounts were taken over.',
  },
  SEV2: {
    means: 'An important service fails for many, or outright for some. Updates every 30 min, a review afterwards.',
    examples: 'One in five payments fails. The second line of two is down.',
  },
  SEV3: { means: 'Something is impaired and there is a way round it. Updates every hour.', examples: 'Mail is ten minutes late. One office has no printers.' },
  SEV4: { means: 'A defect that few people notice. No clock runs.', examples: 'A disk fills within a week. A retry hides errors.' },
};
