import * as z from 'zod';
import { compute, instant, number, page, pageInput, Ref, verb } from '#kernel/contract.ts';
import { layerInput, local, overrideKind, Shift } from './shapes.ts';

const load = { hours: z.number(), nights: z.number(), weekends: z.number(), holidays: z.number() };
const Load = z.object(load).meta({ id: 'OnCallLoad', description: 'hours on call: all of them, at night (22 to 6), at weekends, on holidays' });

const Finding = z
  .object({
    id: z.uuid(),
    rota: Ref,
    kind: z.enum(['gap', 'absent', 'left', 'unreachable']),
    person: Ref.nullable(),
    from: instant,
    until: instant,
    hours: z.number(),
    sentence: z.string(),
    foundAt: instant,
  })
  .meta({ id: 'RotaFinding' });

/** One step towards even loads; accepted by `override` with what stands here. */
const Proposal = z
  .object({
    person: Ref,
    instead: Ref,
    from: instant,
    until: instant,
    fromLocal: local,
    untilLocal: local,
    hours: z.number(),
    sentence: z.string(),
  })
  .meta({ id: 'EveningProposal' });

const HandoverSection = z.object({ title: z.string(), lines: z.array(z.object({ sentence: z.string(), record: Ref.nullable() })) }).meta({ id: 'HandoverSection' });

const Coming = z.object({ person: Ref, confirmedAt: instant.nullable(), note: z.string() }).meta({ id: 'HandoverPerson' });

/** What lies ahead, what was, and what is handed over. */
export const lookingVerbs = {
  preview: compute('POST /rotas/{number}/preview', {
    can: 'rotas.read',
    about: 'show what an edit would do in a window of at most 100 days, without saving it',
    input: {
      number,
      from: instant,
      until: instant,
      /** A layer that is added, or takes the place of `layerId`. */
      layer: z.strictObject(layerInput).optional(),
      /** The layer that is changed; without `layer` the one that ends. */
      layerId: z.uuid().optional(),
      override: z
        .strictObject({
          kind: overrideKind.default('replace'),
          person: number.nullable().default(null),
          instead: number.nullable().default(null),
          from: local,
          until: local,
          layerId: z.uuid().nullable().default(null),
        })
        .optional(),
    },
    output: z.object({
      before: z.array(Shift),
      after: z.array(Shift),
      differs: z.array(z.object({ from: instant, until: instant, before: z.array(Ref), after: z.array(Ref) })),
      people: z.array(z.object({ person: Ref, before: Load, after: Load })),
      gapsMade: z.array(z.object({ from: instant, until: instant })),
      gapsClosed: z.array(z.object({ from: instant, until: instant })),
    }),
  }),
  findings: verb('GET /rotas/findings', {
    can: 'rotas.read',
    about: 'list gaps and shifts of people who cannot be reached within 60 days, the next first',
    input: { ...pageInput, rota: number.optional() },
    output: page(Finding),
  }),
  fairness: verb('GET /rotas/{number}/fairness', {
    can: 'rotas.read',
    about: 'say who carried how much in a window of at most 400 days, and how the next four weeks could even it out',
    input: { number, from: instant, until: instant },
    output: z.object({
      from: instant,
      until: instant,
      people: z.array(z.object({ person: Ref, ...load, interruptions: z.number().int() })),
      /** 0 to 100, from coverage and how even the hours are. */
      score: z.number().int(),
      gapsPercent: z.number().int(),
      overloaded: z.array(z.object({ person: Ref, percent: z.number().int() })),
      proposals: z.array(Proposal),
    }),
  }),
  handoverNote: verb('GET /rotas/{number}/handover', {
    can: 'rotas.read',
    about: 'read the note of a handover: the last one, or the one at an instant',
    input: { number, at: instant.optional() },
    output: z.object({
      at: instant,
      /** When the next handover is. */
      until: instant.nullable(),
      outgoing: z.array(Ref),
      incoming: z.array(Coming),
      sections: z.array(HandoverSection),
      /** Why the viewer may not confirm it, or null. */
      refused: z.string().nullable(),
    }),
  }),
  confirmHandover: verb('POST /rotas/{number}/handover/confirm', {
    can: 'rotas.override',
    about: 'confirm that you read the note and have it now',
    input: { number, at: instant, note: z.string().max(500).default('') },
    output: z.object({ at: instant, confirmedAt: instant }),
  }),
  unconfirmed: verb('GET /rotas/unconfirmed', {
    can: 'rotas.read',
    about: 'list who is on call and has not confirmed the handover',
    output: z.object({ items: z.array(z.object({ rota: Ref, person: Ref, since: instant })) }),
  }),
};
