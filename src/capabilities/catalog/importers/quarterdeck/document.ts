import * as z from 'zod';
import { componentType, impact, lifecycle, minutes, slug, tier, usersAffected } from '../../contract/shapes.ts';

const name = z.string().trim().min(1).max(200);
const id = z.string().trim().min(1).max(200);

/** An edge, written at the consumer. Exactly one of `service` and `component` says what is needed. */
export const Need = z
  .strictObject({
    service: id.optional(),
    component: id.optional(),
    impact: impact.default('hard'),
    group: z.string().trim().min(1).max(80).optional(),
    note: z.string().max(500).default(''),
    /** The word of the source it came from; what people declare is `dependsOn`. */
    as: z.string().trim().min(1).max(60).default('dependsOn'),
    confidence: z.int().min(0).max(100).default(100),
    inferred: z.boolean().default(false),
  })
  .refine((need) => (need.service === undefined) !== (need.component === undefined), 'say either service: or component:');

/** One document: a service or a component with what it needs. */
export const CatalogDocument = z
  .strictObject({
    quarterdeck: z.literal('v1'),
    /** Its slug. */
    service: slug.optional(),
    component: id.optional(),
    name,
    type: componentType.optional(),
    summary: z.string().max(1000).default(''),
    lifecycle: lifecycle.nullable().default(null),
    tier: tier.nullable().default(null),
    team: name.optional(),
    lead: name.optional(),
    capability: name.nullable().default(null),
    usersAffected: usersAffected.default(null),
    rpo: minutes.default(null),
    rto: minutes.default(null),
    supportHours: name.nullable().default(null),
    address: z.string().max(300).default(''),
    cloudId: z.string().max(500).nullable().default(null),
    links: z
      .array(z.strictObject({ label: z.string(), url: z.string() }))
      .max(20)
      .default([]),
    tags: z.array(z.string()).max(50).default([]),
    attributes: z.unknown().optional(),
    needs: z.array(Need).max(10_000).default([]),
    /** Group → how many of its members must stay up: `1` or `50%`. */
    redundancy: z.unknown().optional(),
  })
  .refine((document) => (document.service === undefined) !== (document.component === undefined), 'say either service: or component:')
  .refine((document) => document.service !== undefined || document.type !== undefined, 'a component has a type:')
  .refine((document) => document.component !== undefined || document.type === undefined, 'a service has no type:');
export type CatalogDocument = z.infer<typeof CatalogDocument>;

export const refOfDocument = ({ service, component }: { readonly service?: string | undefined; readonly component?: string | undefined }) =>
  service === undefined ? `component:${component ?? ''}` : `service:${service}`;
