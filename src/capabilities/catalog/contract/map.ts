import * as z from 'zod';
import { instant, many, number, Ref, verb } from '#kernel/contract.ts';
import { componentType, Health, impact, lifecycle } from './shapes.ts';

const MARKS_MOST = 20;
const count = z.number().int();
const becomes = z.enum(['down', 'degraded', 'reduced']);
/** How many of a set fall; `reduced`: they work in full, with less to spare. */
const falls = z.object({ down: count, degraded: count, reduced: count });
const marks = many(number)
  .refine((given) => given.length <= MARKS_MOST, `At most ${MARKS_MOST} records can be marked at once.`)
  .optional();

export const mapGrouping = z.enum(['team', 'site', 'tier', 'type', 'none']);

export const MapGroup = z
  .object({
    /** Names the group in `open` and in edges: team-TEAM-3, tier-1, site-CMP-9, type-host. */
    key: z.string(),
    label: z.string(),
    isOpen: z.boolean(),
    nodeCount: count,
    health: Health.shape.state,
    failedCount: count,
    falls,
  })
  .meta({ id: 'MapGroup' });
export type MapGroup = z.infer<typeof MapGroup>;

export const MapNode = z
  .object({
    id: z.uuid(),
    kind: z.enum(['service', 'component']),
    number: z.string(),
    name: z.string(),
    tier: count.nullable(),
    type: componentType.nullable(),
    lifecycle,
    usersAffected: count.nullable(),
    team: Ref.nullable(),
    group: z.string(),
    health: Health,
    falls: z.enum(['failed', 'spared', ...becomes.options]).nullable(),
    why: z.string().nullable(),
  })
  .meta({ id: 'MapNode' });
export type MapNode = z.infer<typeof MapNode>;

/** One line between two things drawn; `from` and `to` are numbers of records, or keys of closed groups. */
export const MapEdge = z.object({ from: z.string(), to: z.string(), impact, count, redundancy: z.string() }).meta({ id: 'MapEdge' });
export type MapEdge = z.infer<typeof MapEdge>;

/** What falls, drawn or not; `path` leads from a failed record to this one, null for one that the viewer may not see. */
export const MapFall = z
  .object({
    number: z.string(),
    kind: z.enum(['service', 'component']),
    name: z.string(),
    tier: count.nullable(),
    type: componentType.nullable(),
    usersAffected: count.nullable(),
    group: z.string(),
    becomes,
    hops: count,
    why: z.string(),
    path: z.array(z.object({ number: z.string(), name: z.string() }).nullable()),
  })
  .meta({ id: 'MapFall' });
export type MapFall = z.infer<typeof MapFall>;

export const mapVerbs = {
  map: verb('GET /catalog/map', {
    can: 'catalog.read',
    about: 'show the whole graph, grouped, as of now or earlier, with what would fall',
    input: {
      by: mapGrouping.default('team'),
      /** Keys of the groups whose nodes are listed; without it all of them when they are not too many to read, else none. */
      open: many(z.string().max(80)).optional(),
      focus: number.optional(),
      hops: z.coerce.number().int().min(1).max(6).default(2),
      towards: z.enum(['both', 'providers', 'consumers']).default('both'),
      at: instant.optional(),
      failed: marks,
      spared: marks,
    },
    output: z.object({
      groups: z.array(MapGroup),
      nodes: z.array(MapNode),
      edges: z.array(MapEdge),
      /** In open groups, but left out because more would not be readable. */
      moreCount: count,
      moreEdges: count,
      total: z.object({ services: count, components: count, edges: count }),
      /** In the graph, but not visible to the viewer; failures pass through them all the same. */
      hiddenCount: count,
      falls: falls.extend({ hidden: falls, list: z.array(MapFall), moreCount: count }),
      marked: z.object({ failed: z.array(Ref), spared: z.array(Ref) }),
      /** When the first record came into the catalog. */
      firstAt: instant.nullable(),
    }),
  }),
} as const;
