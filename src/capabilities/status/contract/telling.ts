import * as z from 'zod';
import { number, Ref, title, verb } from '#kernel/contract.ts';
import { audience, AudienceMessage, factName, MessageTemplate, occasion } from './shapes.ts';

const text = z.string().trim().min(1, 'Say what they should know.').max(5000);
const inside = z.enum(['technical', 'business', 'executives']);
const Recipients = z.object({
  people: z.array(Ref),
  channels: z.array(Ref),
  /** Who belongs to the audience and is not told, because they may not see what it is about. */
  leftOut: z.number().int(),
});
const ids = z.array(number).max(200);

export const tellingVerbs = {
  templates: verb('GET /message-templates', {
    can: 'status.read',
    about: 'list the message templates by audience and occasion',
    output: z.object({ items: z.array(MessageTemplate) }),
  }),
  changeTemplate: verb('POST /message-templates/{audience}/{occasion}', {
    can: 'status.manage',
    about: 'change a message template; facts are named in braces',
    input: { audience, occasion, title, text },
    output: MessageTemplate,
  }),
  resetTemplate: verb('POST /message-templates/{audience}/{occasion}/reset', {
    can: 'status.manage',
    about: 'take a message template back to how it was shipped',
    input: { audience, occasion },
    output: MessageTemplate,
  }),
  fillTemplate: verb('GET /message-templates/{audience}/{occasion}/filled', {
    can: 'status.read',
    about: 'see a template filled with example facts; what nobody knows is named as unknown',
    input: { audience, occasion },
    output: z.object({ title: z.string(), text: z.string(), unknown: z.array(factName) }),
  }),
  audiences: verb('GET /audiences', {
    can: 'status.read',
    about: 'see who belongs to each audience inside the house',
    output: z.object({ items: z.array(z.object({ audience, people: z.array(Ref), teams: z.array(Ref), channels: z.array(Ref) })) }),
  }),
  changeAudience: verb('POST /audiences/{audience}', {
    can: 'status.manage',
    about: 'say who belongs to an audience: people, teams and channels',
    input: { audience: inside, people: ids.default([]), teams: ids.default([]), channels: ids.default([]) },
    output: z.object({ audience }),
  }),
  messages: verb('GET /audience-messages', {
    can: 'status.read',
    about: 'list what was said to audiences inside the house about a record',
    input: { about: number },
    output: z.object({ items: z.array(AudienceMessage) }),
  }),
  draftMessage: verb('POST /audience-messages', {
    can: 'status.write',
    about: 'draft a message to an audience inside the house',
    input: { about: number, audience: inside, title, text },
    output: AudienceMessage,
  }),
  recipients: verb('GET /audience-messages/{id}/recipients', {
    can: 'status.read',
    about: 'see who gets a message before it is sent',
    input: { id: z.uuid() },
    output: Recipients,
  }),
  sendMessage: verb('POST /audience-messages/{id}/send', { can: 'status.write', about: 'send a message to its audience', input: { id: z.uuid() }, output: AudienceMessage }),
  dropMessage: verb('DELETE /audience-messages/{id}', {
    can: 'status.write',
    about: 'throw a message that was not sent away',
    input: { id: z.uuid() },
    output: z.object({ id: z.uuid() }),
  }),
} as const;
