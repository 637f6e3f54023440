import * as z from 'zod';
import { instant, Ref } from '#kernel/contract.ts';
import { AUDIENCES, FACTS, OCCASIONS, PHASES, STATES, type FactName } from '../rules/index.ts';

export const state = z.enum(STATES);
export const phase = z.enum(PHASES);
export const audience = z.enum(AUDIENCES);
export const occasion = z.enum(OCCASIONS);
export const access = z.enum(['public', 'link', 'signed-in']);
const factNames = Object.keys(FACTS) as [FactName, ...FactName[]];
export const factName = z.enum(factNames);

export const StatusComponent = z
  .object({
    id: z.uuid(),
    name: z.string(),
    about: z.string(),
    group: z.string(),
    position: z.number().int(),
    published: z.boolean(),
    followsChecks: z.boolean(),
    /** What somebody set by hand. */
    byHand: state,
    /** What outsiders see. */
    shown: state,
    since: instant,
    source: Ref.nullable(),
  })
  .meta({ id: 'StatusComponent' });
export type StatusComponent = z.infer<typeof StatusComponent>;

export const StatusPage = z
  .object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    slug: z.string(),
    about: z.string(),
    access,
    published: z.boolean(),
    colour: z.string(),
    hasLogo: z.boolean(),
    /** Where outsiders find it; for those who manage pages with the secret of its link. */
    url: z.string(),
    worst: state,
    words: z.string(),
    openPosts: z.number().int(),
    version: z.number().int(),
  })
  .meta({ id: 'StatusPage' });
export type StatusPage = z.infer<typeof StatusPage>;

export const StatusUpdate = z
  .object({
    id: z.uuid(),
    phase,
    text: z.string(),
    states: z.array(z.object({ component: z.uuid(), name: z.string(), state })),
    author: Ref.nullable(),
    madeAt: instant,
    sentAt: instant.nullable(),
    tells: z.boolean(),
    told: z.number().int(),
  })
  .meta({ id: 'StatusUpdate' });
export type StatusUpdate = z.infer<typeof StatusUpdate>;

export const StatusPost = z
  .object({
    id: z.uuid(),
    number: z.string(),
    title: z.string(),
    kind: z.enum(['incident', 'maintenance']),
    /** Null until the first update was sent: nobody outside knows of it. */
    phase: phase.nullable(),
    impact: z.enum(['none', 'minor', 'major', 'critical']),
    page: Ref,
    about: Ref.nullable(),
    mute: Ref.nullable(),
    startsAt: instant.nullable(),
    endsAt: instant.nullable(),
    closesItself: z.boolean(),
    publishedAt: instant.nullable(),
    closedAt: instant.nullable(),
    draft: StatusUpdate.nullable(),
    url: z.string().nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'StatusPost' });
export type StatusPost = z.infer<typeof StatusPost>;

/** How many would be told, by way; nobody's address is ever answered. */
export const Following = z.object({ email: z.number().int(), webhook: z.number().int(), slack: z.number().int() }).meta({ id: 'StatusFollowing' });

export const AudienceMessage = z
  .object({
    id: z.uuid(),
    about: Ref.nullable(),
    audience,
    title: z.string(),
    text: z.string(),
    author: Ref.nullable(),
    madeAt: instant,
    sentAt: instant.nullable(),
    people: z.number().int(),
    channels: z.number().int(),
  })
  .meta({ id: 'AudienceMessage' });
export type AudienceMessage = z.infer<typeof AudienceMessage>;

export const MessageTemplate = z.object({ audience, occasion, title: z.string(), text: z.string(), edited: z.boolean() }).meta({ id: 'MessageTemplate' });
