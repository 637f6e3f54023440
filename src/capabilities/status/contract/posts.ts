import * as z from 'zod';
import { flag, instant, mayOf, number, page, pageInput, title, verb, version } from '#kernel/contract.ts';
import { Following, phase, state, StatusPost, StatusUpdate } from './shapes.ts';

const text = z.string().trim().min(1, 'Say what outsiders should know.').max(5000);
const states = z
  .array(z.strictObject({ component: z.uuid(), state }))
  .max(200)
  .default([]);
const planned = instant.refine((when) => when >= '2000' && when < '2200', 'Choose a time between 2000 and 2199.');

export const postVerbs = {
  posts: verb('GET /status-posts', {
    can: 'status.read',
    about: 'list posts on status pages, the newest first',
    input: { ...pageInput, page: number.optional(), about: number.optional(), kind: z.enum(['incident', 'maintenance']).optional(), open: flag.optional() },
    output: page(StatusPost),
  }),
  post: verb('GET /status-posts/{number}', {
    can: 'status.read',
    about: 'look at a post, its updates and its draft',
    input: { number },
    output: z.object({ post: StatusPost, updates: z.array(StatusUpdate), may: mayOf('write') }),
  }),
  draftPost: verb('POST /status-posts', {
    can: 'status.write',
    about: 'draft a post about an incident; nobody outside sees it until it is sent',
    input: { page: number, title, about: number.optional(), phase: phase.default('investigating'), text, states },
    output: StatusPost,
  }),
  planMaintenance: verb('POST /status-maintenance', {
    can: 'status.write',
    about: 'draft maintenance that opens and closes itself; with a mute it takes the times of that',
    input: {
      page: number,
      title,
      text,
      components: z.array(z.uuid()).min(1, 'Say what the maintenance is about.').max(200),
      mute: z
        .string()
        .regex(/^MUT-[0-9]+$/, 'Name maintenance such as MUT-3.')
        .optional(),
      startsAt: planned.optional(),
      endsAt: planned.optional(),
      closesItself: z.boolean().default(true),
    },
    output: StatusPost,
  }),
  draftUpdate: verb('POST /status-posts/{number}/draft', {
    can: 'status.write',
    about: 'write or change the draft of the next update of a post',
    input: { number, version, phase, text, states, title: title.optional() },
    output: StatusPost,
  }),
  moveMaintenance: verb('POST /status-posts/{number}/times', {
    can: 'status.write',
    about: 'move the times of maintenance that is not over',
    input: { number, version, startsAt: planned.optional(), endsAt: planned },
    output: StatusPost,
  }),
  discardDraft: verb('POST /status-posts/{number}/discard', {
    can: 'status.write',
    about: 'throw the draft of a post away',
    input: { number, version },
    output: z.object({ number: z.string() }),
  }),
  preview: verb('GET /status-posts/{number}/preview', {
    can: 'status.read',
    about: 'see what sending the draft would do: where it appears, how many are told, in what words',
    input: { number },
    output: z.object({ url: z.string(), access: z.string(), following: Following, subject: z.string(), text: z.string(), refusal: z.string().nullable() }),
  }),
  send: verb('POST /status-posts/{number}/send', {
    can: 'status.write',
    about: 'send the draft of a post: it appears on the page, and who follows is told',
    input: { number, version, tell: z.boolean().default(true) },
    output: StatusPost,
  }),
} as const;
