import * as z from 'zod';
import { many, mayOf, number, page, pageInput, title, verb, version } from '#kernel/contract.ts';
import { address, cloudId, Component, componentType, edgeCounts, lifecycle, links, q, summary, tags } from './shapes.ts';

export const componentVerbs = {
  components: verb('GET /components', {
    can: 'catalog.read',
    about: 'list components; retired ones only when asked for',
    input: { ...pageInput, q, type: many(componentType).optional(), team: number.optional(), lifecycle: many(lifecycle).optional(), tag: many(z.string().max(80)).optional() },
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
      cloudId: cloudId.default(''),
      tags: tags.default([]),
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
      cloudId: cloudId.optional(),
      tags: tags.optional(),
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
} as const;
