import * as z from 'zod';
import { instant, mayOf, number, verb, version } from '#kernel/contract.ts';
import { alertSeverity, Source } from './shapes.ts';

/** Formats whose messages a mapping explains. */
export const mappedFormat = z.enum(['events', 'email']);

const template = z.string().max(1000).default('');
const word = z.string().trim().toLowerCase().max(200);
export const SourceMapping = z
  .strictObject({
    list: z.string().max(300).default(''),
    ignore: z.strictObject({ value: template, words: z.array(word).max(50) }).default({ value: '', words: [] }),
    state: template,
    stateWords: z.record(word, z.enum(['firing', 'acknowledged', 'resolved', 'ignored'])).default({}),
    key: template,
    title: template,
    severity: template,
    severityWords: z.record(word, alertSeverity).default({}),
    origin: template,
    service: template,
    labels: z
      .array(z.strictObject({ name: z.string().max(100), value: template }))
      .max(30)
      .default([]),
    startsAt: template,
    link: template,
    details: z.string().max(300).default(''),
  })
  .meta({ id: 'SourceMapping' });

export const mappingVerbs = {
  mapping: verb('GET /sources/{number}/mapping', {
    can: 'alerts.read',
    about: 'look at how the messages of a source become alerts, with the last of them to try it on',
    input: { number, format: mappedFormat.default('events') },
    output: z.object({
      source: Source,
      format: mappedFormat,
      /** Null: none was written, common names are used. */
      mapping: SourceMapping.nullable(),
      /** Formats of which messages came. */
      formats: z.array(mappedFormat),
      bodies: z.array(z.object({ id: z.uuid(), at: instant, state: z.string(), error: z.string().nullable(), body: z.string(), isCut: z.boolean() })),
      may: mayOf('saveMapping'),
    }),
  }),
  saveMapping: verb('POST /sources/{number}/mapping', {
    can: 'alerts.configure',
    about: 'say how the messages of a source become alerts; null goes back to common names',
    input: { number, version, format: mappedFormat.default('events'), mapping: SourceMapping.nullable() },
    output: z.object({ source: Source, sentence: z.string() }),
  }),
  replay: verb('POST /sources/{number}/replay', {
    can: 'alerts.configure',
    about: 'take messages of a source in again: one, or all that could not be read',
    input: { number, message: z.uuid().optional() },
    output: z.object({ replayed: z.number().int(), sentence: z.string() }),
  }),
};
