import * as z from 'zod';
import { instant, Ref } from '#kernel/contract.ts';

export const COMPONENT_TYPES = [
  'host',
  'vm',
  'container',
  'database',
  'network',
  'storage',
  'cluster',
  'certificate',
  'domain',
  'saas',
  'directory',
  'queue',
  'cloud',
  'software',
  'site',
  'zone',
  'rack',
] as const;

export const tier = z.coerce.number().int().min(1).max(4);
export const lifecycle = z.enum(['planned', 'live', 'retiring', 'retired']);
export const impact = z.enum(['hard', 'soft', 'none']);
export const componentType = z.enum(COMPONENT_TYPES);
export const summary = z.string().trim().max(1000);
/** Lower case letters and digits with single dashes between; alerts are bound to a service by it. */
export const slug = z
  .string()
  .trim()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Write it like payments-api: lower case letters, digits and single dashes.');
export const usersAffected = z.coerce.number().int().min(0).max(2_000_000_000).nullable();
export const address = z.string().trim().max(300);
export const links = z
  .array(
    z.strictObject({ label: z.string().trim().min(1).max(80), url: z.url({ protocol: /^https?$/, message: 'Write an address that begins with https:// or http://.' }).max(1000) }),
  )
  .max(20);
/** Short words by which records are found and filtered, lower case. */
export const tags = z
  .array(
    z
      .string()
      .trim()
      .toLowerCase()
      .min(1)
      .max(80)
      .regex(/^[^\s,;]+$/, 'A tag has no space, comma or semicolon.'),
  )
  .max(50)
  .transform((given) => [...new Set(given)].toSorted());
/** What of the business stands on it: "Take payments". */
export const capability = z.string().trim().max(120);
/** Minutes, at most a year. */
export const minutes = z.coerce.number().int().min(0).max(525_600).nullable();
export const supportHours = z.string().trim().max(120);
/** The provider's own id of it: an ARN, an instance id, a uid. */
export const cloudId = z.string().trim().max(500);
/** Redundancy group at the consumer; empty: needed by itself. */
export const group = z.string().trim().max(80);
/** 0–100: how sure it is that a failure passes along it. */
export const confidence = z.coerce.number().int().min(0).max(100);
export const q = z.string().trim().max(100).optional();
export const note = z.string().trim().max(500);

/** How something stands, in one word and one sentence, and the record that says so. */
export const Health = z.object({ state: z.enum(['critical', 'warning', 'good', 'unknown']), words: z.string(), record: Ref.nullable() }).meta({ id: 'Health' });
export type Health = z.infer<typeof Health>;

/** What services and components have alike. */
const shared = {
  tags: z.array(z.string()),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  /** The record that this one was merged into. */
  mergedInto: Ref.nullable(),
  team: Ref.nullable(),
  lead: Ref.nullable(),
  openedAt: instant,
  version: z.number().int(),
} as const;

export const Service = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    slug: z.string(),
    summary: z.string(),
    tier: z.number().int(),
    lifecycle,
    usersAffected: z.number().int().nullable(),
    capability: z.string(),
    rpoMinutes: z.number().int().nullable(),
    rtoMinutes: z.number().int().nullable(),
    supportHours: z.string(),
    ...shared,
    health: Health,
  })
  .meta({ id: 'Service' });
export type Service = z.infer<typeof Service>;

export const Component = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    type: componentType,
    summary: z.string(),
    address: z.string(),
    cloudId: z.string(),
    lifecycle,
    ...shared,
  })
  .meta({ id: 'Component' });
export type Component = z.infer<typeof Component>;

export const Edge = z
  .object({
    id: z.uuid(),
    provider: Ref,
    consumer: Ref,
    impact,
    note: z.string(),
    group: z.string(),
    confidence: z.number().int(),
    source: z.enum(['declared', 'imported', 'inferred']),
    /** The import that says so. */
    from: Ref.nullable(),
    firstSeen: instant,
    lastSeen: instant,
    endedAt: instant.nullable(),
  })
  .meta({ id: 'Edge' });
export type Edge = z.infer<typeof Edge>;

export const GraphNode = z
  .object({
    id: z.uuid(),
    kind: z.enum(['service', 'component']),
    number: z.string(),
    name: z.string(),
    tier: z.number().int().nullable(),
    type: componentType.nullable(),
    summary: z.string(),
    lifecycle,
    team: Ref.nullable(),
    health: Health,
    /** Hops from the asked record: negative for what it depends on, positive for what uses it, 0 for itself. */
    hops: z.number().int(),
  })
  .meta({ id: 'GraphNode' });
export type GraphNode = z.infer<typeof GraphNode>;

export const GraphEdge = z.object({
  id: z.uuid(),
  providerId: z.uuid(),
  consumerId: z.uuid(),
  impact,
  note: z.string(),
  group: z.string(),
  confidence: z.number().int(),
  source: z.enum(['declared', 'imported', 'inferred']),
  /** The import that says so. */
  from: Ref.nullable(),
  lastSeen: instant,
});
/** How many providers of a group must stay up for its consumer; a percentage is not rounded. */
export const Redundancy = z
  .object({ consumerId: z.uuid(), group: z.string(), minUp: z.number(), unit: z.enum(['count', 'percent']), providers: z.number().int(), survives: z.number().int() })
  .meta({ id: 'Redundancy' });
export type Redundancy = z.infer<typeof Redundancy>;
export const edgeCounts = z.object({ providers: z.number().int(), consumers: z.number().int() });
