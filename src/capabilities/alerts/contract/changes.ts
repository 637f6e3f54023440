import * as z from 'zod';
import { instant, number, page, pageInput, Ref, verb } from '#kernel/contract.ts';

const AlertChange = z
  .object({
    id: z.uuid(),
    at: instant,
    summary: z.string(),
    /** What the sender calls its origin: a pipeline or host. */
    origin: z.string(),
    source: Ref.nullable(),
    service: Ref.nullable(),
    details: z.record(z.string(), z.unknown()),
    links: z.array(z.object({ href: z.string(), text: z.string() })),
  })
  .meta({ id: 'AlertChange' });

export const changeVerbs = {
  changes: verb('GET /alert-changes', {
    can: 'alerts.read',
    about: 'list what deployment tools said they changed, newest first',
    input: { ...pageInput, service: number.optional(), source: number.optional(), from: instant.optional(), until: instant.optional() },
    output: page(AlertChange),
  }),
};
