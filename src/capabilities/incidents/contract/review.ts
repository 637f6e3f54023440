import * as z from 'zod';
import { flag, many, number, page, pageInput, text, title, verb, version } from '#kernel/contract.ts';
import { actionKind, day, FollowUp, priority } from '#capabilities/followups/contract.ts';
import { Factor, Finding, Review, ReviewFacts, ReviewMay, reviewState, section, SectionText, Wording } from './review-shapes.ts';
import { line, personOrMe, TimelineEntry } from './shapes.ts';

const run = 'incidents.run';
const seen = version.optional();
const factor = z.string().trim().min(1, 'Choose what contributed.').max(80);
const findingText = z.string().trim().min(1, 'Say in a few words how it contributed.').max(2000);
const why = z.string().trim().max(500);

const ReviewPage = z
  .object({
    review: Review,
    facts: ReviewFacts,
    sections: z.array(SectionText),
    findings: z.array(Finding),
    /** Words that blame a person: pointed out, not forbidden. */
    wording: z.array(Wording),
    timeline: z.array(TimelineEntry.extend({ picked: z.boolean() })),
    actions: z.array(FollowUp),
    /** What still hinders closing, as sentences. */
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
  addFinding: verb('POST /reviews/{number}/findings', { can: run, about: 'name what contributed', input: { number, factor, text: findingText }, output: ReviewPage }),
  changeFinding: verb('POST /reviews/{number}/findings/{finding}', {
    can: run,
    about: 'change what contributed, or say why nothing is done about it',
    input: { number, finding: z.uuid(), factor: factor.optional(), text: findingText.optional(), noActionReason: why.optional() },
    output: ReviewPage,
  }),
  removeFinding: verb('POST /reviews/{number}/findings/{finding}/remove', {
    can: run,
    about: 'take out what did not contribute after all',
    input: { number, finding: z.uuid() },
    output: ReviewPage,
  }),
  factors: verb('GET /factors', { can: 'incidents.read', about: 'list the contributing factors that reviews name', output: z.object({ items: z.array(Factor) }) }),
  writeFactor: verb('POST /factors', {
    can: 'incidents.factors',
    about: 'add a contributing factor, or change, retire or take up one of that name',
    input: { name: factor, category: line.max(40), about: why.default(''), retired: flag.default(false) },
    output: z.object({ items: z.array(Factor) }),
  }),
  exportReview: verb('GET /reviews/{number}/export', {
    can: 'incidents.read',
    about: 'write a review as Markdown or JSON; redacted for outsiders: no names, internal records or addresses',
    input: { number, format: z.enum(['markdown', 'json']).default('markdown'), redacted: flag.default(false) },
    output: z.object({ file: z.string(), type: z.string(), text: z.string() }),
  }),
  addAction: verb('POST /reviews/{number}/actions', {
    can: run,
    about: 'promise an action that follows from a review',
    input: {
      number,
      title,
      detail: text.default(''),
      owner: personOrMe.optional(),
      team: number.optional(),
      dueOn: day.optional(),
      priority: priority.default('normal'),
      kind: actionKind.default('prevent'),
      /** What contributed, that this works against. */ finding: z.uuid().optional(),
    },
    output: ReviewPage,
  }),
  submitReview: verb('POST /reviews/{number}/submit', { can: run, about: 'give a review to be read', input: { number, version: seen }, output: ReviewPage }),
  returnReview: verb('POST /reviews/{number}/return', { can: run, about: 'take a review back to draft', input: { number, version: seen }, output: ReviewPage }),
  passReview: verb('POST /reviews/{number}/pass', { can: run, about: 'say that a review was read and is complete', input: { number, version: seen }, output: ReviewPage }),
  finishReview: verb('POST /reviews/{number}/finish', {
    can: run,
    about: 'close a review that was read; each finding has an action or a reason why not',
    input: { number, version: seen, noActionReason: z.string().trim().max(500).default('') },
    output: ReviewPage,
  }),
  reopenReview: verb('POST /reviews/{number}/reopen', { can: run, about: 'reopen a closed review', input: { number, version: seen }, output: ReviewPage }),
};
