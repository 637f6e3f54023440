import * as z from 'zod';
import { compute, contract, instant, many, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';

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
  'site',
] as const;

export const tier = z.coerce.number().int().min(1).max(4);
export const lifecycle = z.enum(['planned', 'live', 'retiring', 'retired']);
export const impact = z.enum(['hard', 'soft', 'none']);
export const componentType = z.enum(COMPONENT_TYPES);
const summary = z.string().trim().max(1000);
/** Lower case letters and digits with single dashes between; alerts are bound to a service by it. */
const slug = z
  .string()
  .trim()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Write it like payments-api: lower case letters, digits and single dashes.');
const usersAffected = z.coerce.number().int().min(0).max(2_000_000_000).nullable();
const address = z.string().trim().max(300);
const links = z
  .array(
    z.strictObject({ label: z.string().trim().min(1).max(80), url: z.url({ protocol: /^https?$/, message: 'Write an address that begins with https:// or http://.' }).max(1000) }),
  )
  .max(20);
const q = z.string().trim().max(100).optional();
const note = z.string().trim().max(500);

/** How something stands, in one word and one sentence, and the record that says so. */
export const Health = z.object({ state: z.enum(['critical', 'warning', 'good', 'unknown']), words: z.string(), record: Ref.nullable() }).meta({ id: 'Health' });
export type Health = z.infer<typeof Health>;

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
    links: z.array(z.object({ label: z.string(), url: z.string() })),
    team: Ref.nullable(),
    lead: Ref.nullable(),
    openedAt: instant,
    version: z.number().int(),
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
    lifecycle,
    links: z.array(z.object({ label: z.string(), url: z.string() })),
    team: Ref.nullable(),
    lead: Ref.nullable(),
    openedAt: instant,
    version: z.number().int(),
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
    source: z.enum(['declared', 'imported', 'inferred']),
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

const GraphEdge = z.object({
  id: z.uuid(),
  providerId: z.uuid(),
  consumerId: z.uuid(),
  impact,
  note: z.string(),
  source: z.enum(['declared', 'imported', 'inferred']),
  lastSeen: instant,
});
const edgeCounts = z.object({ providers: z.number().int(), consumers: z.number().int() });

export const catalog = contract({
  name: 'catalog',
  about: 'what we run, who owns it and what depends on what',
  permissions: { 'catalog.read': 'viewer', 'catalog.write': 'responder' },
  kinds: {
    service: { prefix: 'SVC', word: 'service', page: '/services/{number}' },
    component: { prefix: 'CMP', word: 'component', page: '/components/{number}' },
  },
  events: {
    'service.created': 'put the service into the catalog',
    'service.changed': 'changed the service',
    'service.retired': 'retired the service',
    'component.created': 'put the component into the catalog',
    'component.changed': 'changed the component',
    'component.retired': 'retired the component',
    'edge.added': 'added a dependency',
    'edge.changed': 'changed a dependency',
    'edge.ended': 'ended a dependency',
  },
  verbs: {
    list: verb('GET /services', {
      can: 'catalog.read',
      about: 'list services; retired ones only when asked for',
      input: { ...pageInput, q, tier: many(tier).optional(), team: number.optional(), lifecycle: many(lifecycle).optional(), sort: z.enum(['name', 'tier']).default('name') },
      output: page(Service),
    }),
    get: verb('GET /services/{number}', {
      can: 'catalog.read',
      about: 'look at a service',
      input: { number },
      output: z.object({ service: Service, facts: z.array(Health), edges: edgeCounts, may: mayOf('update', 'retire', 'addEdge') }),
    }),
    create: verb('POST /services', {
      can: 'catalog.write',
      about: 'put a service into the catalog',
      input: {
        name: title,
        slug: slug.optional(),
        summary: summary.default(''),
        tier: tier.default(3),
        lifecycle: z.enum(['planned', 'live']).default('live'),
        team: number.optional(),
        lead: number.optional(),
        usersAffected: usersAffected.default(null),
        links: links.default([]),
      },
      output: Service,
    }),
    update: verb('POST /services/{number}', {
      can: 'catalog.write',
      about: 'change a service',
      input: {
        number,
        version,
        name: title.optional(),
        slug: slug.optional(),
        summary: summary.optional(),
        tier: tier.optional(),
        lifecycle: z.enum(['planned', 'live', 'retiring']).optional(),
        team: number.nullable().optional(),
        lead: number.nullable().optional(),
        usersAffected: usersAffected.optional(),
        links: links.optional(),
      },
      output: Service,
    }),
    retire: verb('POST /services/{number}/retire', {
      can: 'catalog.write',
      about: 'retire a service; its dependencies end, its history stays',
      input: { number, version },
      output: Service,
    }),
    components: verb('GET /components', {
      can: 'catalog.read',
      about: 'list components; retired ones only when asked for',
      input: { ...pageInput, q, type: many(componentType).optional(), team: number.optional(), lifecycle: many(lifecycle).optional() },
      output: page(Component),
    }),
    component: verb('GET /components/{number}', {
      can: 'catalog.read',
      about: 'look at a component',
      input: { number },
      output: z.object({ component: Component, edges: edgeCounts, may: mayOf('updateComponent', 'retireComponent', 'addEdge') }),
    }),
    createComponent: verb('POST /components', {
      can: 'catalog.write',
      about: 'put a component into the catalog',
      input: {
        name: title,
        type: componentType,
        summary: summary.default(''),
        address: address.default(''),
        lifecycle: z.enum(['planned', 'live']).default('live'),
        team: number.optional(),
        lead: number.optional(),
        links: links.default([]),
      },
      output: Component,
    }),
    updateComponent: verb('POST /components/{number}', {
      can: 'catalog.write',
      about: 'change a component',
      input: {
        number,
        version,
        name: title.optional(),
        type: componentType.optional(),
        summary: summary.optional(),
        address: address.optional(),
        lifecycle: z.enum(['planned', 'live', 'retiring']).optional(),
        team: number.nullable().optional(),
        lead: number.nullable().optional(),
        links: links.optional(),
      },
      output: Component,
    }),
    retireComponent: verb('POST /components/{number}/retire', {
      can: 'catalog.write',
      about: 'retire a component; its dependencies end, its history stays',
      input: { number, version },
      output: Component,
    }),
    graph: verb('GET /catalog/{number}/graph', {
      can: 'catalog.read',
      about: 'show what a service or component depends on and what uses it',
      input: { number, hops: z.coerce.number().int().min(1).max(6).default(2) },
      output: z.object({
        nodes: z.array(GraphNode),
        edges: z.array(GraphEdge),
        /** Reached, but left out because more than 200 would not be readable. */
        moreCount: z.number().int(),
        /** Reached, but not visible to the viewer. */
        hiddenCount: z.number().int(),
      }),
    }),
    addEdge: verb('POST /edges', {
      can: 'catalog.write',
      about: 'say that one record of the catalog depends on another',
      input: { provider: number, consumer: number, impact: impact.default('hard'), note: note.default('') },
      /** `cycle` names the circle that the new edge closes: allowed, but worth a look. */
      output: z.object({ edge: Edge, cycle: z.string().nullable() }),
    }),
    updateEdge: verb('POST /edges/{id}', {
      can: 'catalog.write',
      about: 'change how a failure passes along a dependency',
      input: { id: z.uuid(), impact: impact.optional(), note: note.optional() },
      output: Edge,
    }),
    endEdge: verb('POST /edges/{id}/end', { can: 'catalog.write', about: 'end a dependency; its history stays', input: { id: z.uuid() }, output: Edge }),
    impact: compute('POST /impact', {
      can: 'catalog.read',
      about: 'say what falls when one record of the catalog fails',
      input: { number },
      output: z.object({
        failed: Ref,
        sentence: z.string(),
        hiddenCount: z.number().int(),
        reached: z.array(z.object({ record: Ref, becomes: z.enum(['down', 'degraded']), hops: z.number().int(), through: Ref.nullable() })),
      }),
    }),
  },
});
