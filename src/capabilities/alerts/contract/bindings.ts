import * as z from 'zod';
import { number, Ref, verb } from '#kernel/contract.ts';

const Binding = z.object({ id: z.uuid(), matchers: z.string(), service: Ref }).meta({ id: 'BindingRule' });

export const bindingVerbs = {
  bindings: verb('GET /alert-bindings', {
    can: 'alerts.read',
    about: 'list the rules that bind alerts to services',
    output: z.object({ items: z.array(Binding), labelNames: z.array(z.string()) }),
  }),
  setBindings: verb('POST /alert-bindings', {
    can: 'alerts.configure',
    about: 'replace the rules that bind alerts to services; the first that matches decides',
    input: { rules: z.array(z.strictObject({ matchers: z.string().trim().min(1).max(500), service: number })).max(500) },
    output: z.object({ items: z.array(Binding), labelNames: z.array(z.string()) }),
  }),
};
