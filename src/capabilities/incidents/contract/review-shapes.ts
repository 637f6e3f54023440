import * as z from 'zod';
import { instant, mayOf, Ref } from '#kernel/contract.ts';
import { Note, severity } from './shapes.ts';

export const SECTIONS = ['summary', 'impact', 'causes', 'wentWell', 'wentBadly', 'learned'] as const;
export const section = z.enum(SECTIONS);
export type Section = z.infer<typeof section>;
export const REVIEW_STATES = ['draft', 'in review', 'reviewed', 'closed'] as const;
export const reviewState = z.enum(REVIEW_STATES);
export type ReviewState = z.infer<typeof reviewState>;

export const Review = z
  .object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    state: reviewState,
    incident: Ref.nullable(),
    severity,
    owner: Ref.nullable(),
    team: Ref.nullable(),
    dueOn: z.string(),
    overdue: z.boolean(),
    openedAt: instant,
    reviewedAt: instant.nullable(),
    finishedAt: instant.nullable(),
    noActionReason: z.string(),
    openActions: z.number().int(),
    doneActions: z.number().int(),
    version: z.number().int(),
  })
  .meta({ id: 'Review' });
export type Review = z.infer<typeof Review>;

/** A place where a text blames a person, why that hinders learning, and what to ask instead. */
const Pointed = z.object({ quote: z.string(), sentence: z.string(), suggestion: z.string() });

export const SectionText = z.object({ section, text: z.string(), revision: z.number().int(), by: Ref.nullable(), at: instant.nullable() }).meta({ id: 'ReviewSection' });

export const Factor = z.object({ name: z.string(), category: z.string(), about: z.string(), retired: z.boolean() }).meta({ id: 'ContributingFactor' });
export type Factor = z.infer<typeof Factor>;

/** What contributed. `actions` are numbers of actions that follow from it. */
export const Finding = z
  .object({ id: z.uuid(), factor: z.string(), category: z.string(), text: z.string(), actions: z.array(z.string()), noActionReason: z.string(), by: Ref.nullable(), at: instant })
  .meta({ id: 'ReviewFinding' });
export type Finding = z.infer<typeof Finding>;

const mark = z.enum(['began', 'detected', 'acknowledged', 'contained', 'resolved']);
const length = z.number().nullable();

/** What the desk knows by itself. All lengths in ms, null where the log does not say. */
export const ReviewFacts = z
  .object({
    marks: z.object({ began: instant.nullable(), detected: instant.nullable(), acknowledged: instant.nullable(), contained: instant.nullable(), resolved: instant.nullable() }),
    durations: z.object({ detect: length, acknowledge: length, contain: length, resolve: length }),
    gaps: z.array(z.object({ from: mark, to: mark, ms: z.number(), longest: z.boolean() })),
    unknown: z.array(z.string()),
    service: Ref.nullable(),
    meaning: z.string(),
    tested: z.array(Note),
    changed: z.array(Note),
    questions: z.array(Note),
  })
  .meta({ id: 'ReviewFacts' });
export type ReviewFacts = z.infer<typeof ReviewFacts>;

export const Wording = Pointed.extend({ where: z.string() }).meta({ id: 'ReviewWording' });
export const ReviewMay = mayOf(
  'updateReview',
  'writeSection',
  'pick',
  'addFinding',
  'addAction',
  'submitReview',
  'returnReview',
  'passReview',
  'finishReview',
  'reopenReview',
  'editFactors',
  'redact',
);
