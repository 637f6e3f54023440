import * as z from 'zod';
import { instant, Ref, verb } from '#kernel/contract.ts';
import { severity } from './shapes.ts';

const Definition = z
  .object({
    severity,
    /** One sentence by which people choose. */
    means: z.string(),
    examples: z.string(),
    /** Who wrote it in this house; null: the desk's own words. */
    writtenBy: Ref.nullable(),
    at: instant.nullable(),
  })
  .meta({ id: 'SeverityDefinition' });
export type SeverityDefinition = z.infer<typeof Definition>;

const Definitions = z.object({ items: z.array(Definition), may: z.object({ write: z.string().nullable() }) });

/** What SEV1 to SEV4 mean here. */
export const severityVerbs = {
  severities: verb('GET /incident-severities', { can: 'incidents.read', about: 'read what each severity means here', output: Definitions }),
  defineSeverity: verb('POST /incident-severities', {
    can: 'incidents.restrict',
    about: 'write what a severity means here; empty words are the desk’s own again',
    input: { severity, means: z.string().trim().max(300), examples: z.string().trim().max(1000).default('') },
    output: Definitions,
  }),
};
