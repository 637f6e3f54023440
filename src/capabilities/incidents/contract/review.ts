import * as z from 'zod';
import { flag, many, number, page, pageInput, text, title, verb, version } from '#kernel/contract.ts';
import { day, FollowUp, priority } from '#capabilities/followups/contract.ts';
import { personOrMe, Review, ReviewMay, reviewState, section, SectionText, TimelineEntry } from './shapes.ts';

const run = 'incidents.run';
const seen = version.optional();

const ReviewPage = z
  .object({
    review: Review,
    sections: z.array(SectionText),
    timeline: z.array(TimelineEntry.extend({ picked: z.boolean() })),
    actions: z.array(FollowUp),
    /** What still hinders finishing, as sentences. */
    missing: z.array(z.string()),
    may: ReviewMay,
  })
  .meta({ id: 'ReviewPage' });
export type ReviewPage = z.infer<typeof ReviewPage>;

export const reviewVerbs = {
  reviews: verb('GET /reviews', {
    can: 'incidents.read',
    about: 'list reviews, the earliest due first',
    input: { ...pageInput, state: many(reviewState).optional(), owner: personOrMe.optional(), team: number.optional(), overdue: flag.optional() },
    output: page(Review),
  }),
  review: verb('GET /reviews/{number}', { can: 'incidents.read', about: 'look at a review', input: { number }, output: ReviewPage }),
  sectionRevisions: verb('GET /reviews/{number}/sections/{section}', {
    can: 'incidents.read',
    about: 'read how a section of a review changed',
    input: { number, section },
    output: z.object({ items: z.array(SectionText) }),
  }),
  updateReview: verb('POST /reviews/{number}', {
    can: run,
    about: 'change the title, owner or due day of a review',
    input: { number, version: seen, title: title.optional(), owner: personOrMe.optional(), dueOn: day.optional() },
    output: ReviewPage,
  }),
  writeSection: verb('POST /reviews/{number}/sections/{section}', {
    can: run,
    about: 'write a section of a review; earlier words are kept',
    input: { number, section, text, revision: z.coerce.number().int().min(0).optional() },
    output: ReviewPage,
  }),
  pick: verb('POST /reviews/{number}/timeline', {
    can: run,
    about: 'choose which entries of the timeline the review shows',
    input: {
      number,
      entries: z
        .array(z.strictObject({ id: z.uuid(), picked: z.boolean() }))
        .min(1)
        .max(500),
    },
    output: ReviewPage,
  }),
  addAction: verb('POST /reviews/{number}/actions', {
    can: run,
    about: 'promise an action that follows from a review',
    input: { number, title, detail: text.default(''), owner: personOrMe.optional(), team: number.optional(), dueOn: day.optional(), priority: priority.default('normal') },
    output: ReviewPage,
  }),
  submitReview: verb('POST /reviews/{number}/submit', { can: run, about: 'give a review to be read', input: { number, version: seen }, output: ReviewPage }),
  returnReview: verb('POST /reviews/{number}/return', { can: run, about: 'take a review back to draft', input: { number, version: seen }, output: ReviewPage }),
  finishReview: verb('POST /reviews/{number}/finish', {
    can: run,
    about: 'finish a review',
    input: { number, version: seen, noActionReason: z.string().trim().max(500).default('') },
    output: ReviewPage,
  }),
  reopenReview: verb('POST /reviews/{number}/reopen', { can: run, about: 'reopen a finished review', input: { number, version: seen }, output: ReviewPage }),
};
