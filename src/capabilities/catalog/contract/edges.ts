import * as z from 'zod';
import { compute, instant, many, number, Ref, verb } from '#kernel/contract.ts';
import { confidence, Edge, GraphEdge, GraphNode, group, impact, note, Redundancy } from './shapes.ts';

const count = z.number().int();
const marks = many(number).refine((given) => given.length <= 20, 'At most 20 records can be marked at once.');
/** Why a record falls: the fewest providers that suffice, in the order in which they fell; `lost` of a group's `of`. */
const Why = z.object({
  kind: z.enum(['needs', 'soft', 'group', 'reduced']),
  group: z.string(),
  of: count,
  minUp: z.number().nullable(),
  unit: z.enum(['count', 'percent']).nullable(),
  lost: z.array(Ref.nullable()),
  sentence: z.string(),
});

export const edgeVerbs = {
  graph: verb('GET /catalog/{number}/graph', {
    can: 'catalog.read',
    about: 'show what a service or component depends on and what uses it',
    input: { number, hops: z.coerce.number().int().min(1).max(6).default(2), at: instant.optional() },
    output: z.object({
      nodes: z.array(GraphNode),
      edges: z.array(GraphEdge),
      redundancy: z.array(Redundancy),
      /** Reached, but left out because more than 200 would not be readable. */
      moreCount: z.number().int(),
      /** Reached, but not visible to the viewer. */
      hiddenCount: z.number().int(),
    }),
  }),
  addEdge: verb('POST /edges', {
    can: 'catalog.write',
    about: 'say that one record of the catalog depends on another',
    input: { provider: number, consumer: number, impact: impact.default('hard'), group: group.default(''), confidence: confidence.default(100), note: note.default('') },
    /** `cycle` names the circle that the new edge closes: allowed, but worth a look. */
    output: z.object({ edge: Edge, cycle: z.string().nullable() }),
  }),
  updateEdge: verb('POST /edges/{id}', {
    can: 'catalog.write',
    about: 'change how a failure passes along a dependency',
    input: { id: z.uuid(), impact: impact.optional(), group: group.optional(), confidence: confidence.optional(), note: note.optional() },
    output: Edge,
  }),
  endEdge: verb('POST /edges/{id}/end', { can: 'catalog.write', about: 'end a dependency; its history stays', input: { id: z.uuid() }, output: Edge }),
  setRedundancy: verb('POST /redundancy', {
    can: 'catalog.write',
    about: 'say how many providers of a group a record needs; without `minUp` it needs every one',
    input: { consumer: number, group, minUp: z.coerce.number().min(0).max(100_000).nullable(), unit: z.enum(['count', 'percent']).default('count') },
    output: z.object({ redundancy: z.array(Redundancy) }),
  }),
  impact: compute('POST /impact', {
    can: 'catalog.read',
    about: 'say what falls, and why, when records of the catalog fail',
    input: { failed: marks, spared: marks.optional(), at: instant.optional() },
    output: z.object({
      failed: z.array(Ref),
      sentence: z.string(),
      down: count,
      degraded: count,
      /** They work in full, with less to spare. */
      reduced: count,
      /** Of the three above, those that you cannot see. */
      hiddenCount: count,
      /** What most people would notice comes first; at most 100. */
      reached: z.array(
        z.object({
          record: Ref,
          tier: count.nullable(),
          usersAffected: count.nullable(),
          becomes: z.enum(['down', 'degraded']),
          reduced: z.boolean(),
          hops: count,
          why: Why,
          /** From a failed record to this one; null stands for a record that you cannot see. */
          path: z.array(Ref.nullable()),
        }),
      ),
      moreCount: count,
    }),
  }),
  resilience: verb('GET /catalog/{number}/resilience', {
    can: 'catalog.read',
    about: 'say how many failures a record survives, and which single ones or pairs it does not',
    input: { number },
    output: z.object({
      /** Per redundancy group: how many more members may fail. */
      groups: z.array(Redundancy),
      /** What members of a group share: their redundancy is worth less than it looks. */
      shared: z.array(z.object({ record: Ref.nullable(), group: z.string(), members: z.array(Ref.nullable()), breaks: z.boolean(), hops: count, sentence: z.string() })),
      /** Records whose failure alone brings this one down, nearest first; at most 100. */
      single: z.array(z.object({ record: Ref.nullable(), hops: count })),
      singleCount: count,
      /** Pairs that bring it down together though neither does alone; at most 100. */
      pairs: z.array(z.tuple([Ref.nullable(), Ref.nullable()])),
      pairCount: count,
      /** False when too much stands above it to try every pair. */
      pairsComplete: z.boolean(),
    }),
  }),
  singlePoints: verb('GET /catalog/single-points', {
    can: 'catalog.read',
    about: 'rank what brings most down when it fails alone, by tier and users of the services that go down',
    input: { limit: z.coerce.number().int().min(1).max(200).default(50) },
    output: z.object({
      /** Score: over the services that go down, (5 − tier) × users affected, at least one user each. */
      items: z.array(z.object({ record: Ref, score: z.number(), down: count, degraded: count, reduced: count })),
      /** When the graph was last swept; null: not yet. */
      sweptAt: instant.nullable(),
      nodes: count,
      hiddenCount: count,
    }),
  }),
  differences: verb('GET /catalog/differences', {
    can: 'catalog.read',
    about: 'say what of the graph differs between two instants',
    input: { from: instant, until: instant, limit: z.coerce.number().int().min(1).max(500).default(200) },
    output: z.object({
      records: z.array(
        z.object({ record: Ref, change: z.enum(['added', 'retired', 'changed']), fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })) }),
      ),
      edges: z.array(
        z.object({
          provider: Ref,
          consumer: Ref,
          change: z.enum(['added', 'ended', 'changed']),
          fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })),
        }),
      ),
      moreCount: count,
    }),
  }),
  states: verb('GET /catalog/{number}/states', {
    can: 'catalog.read',
    about: 'show what a record of the catalog was at any time, newest first',
    input: { number },
    output: z.object({
      items: z.array(
        z.object({ begunAt: instant, endedAt: instant.nullable(), name: z.string(), fields: z.array(z.object({ field: z.string(), before: z.string(), after: z.string() })) }),
      ),
    }),
  }),
} as const;
