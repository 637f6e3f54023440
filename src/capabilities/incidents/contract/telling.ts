import * as z from 'zod';
import { number, verb } from '#kernel/contract.ts';
import { AUDIENCES, OCCASIONS, STATES } from '#capabilities/status/rules/index.ts';

const occasion = z.enum(OCCASIONS);

export const tellingVerbs = {
  telling: verb('GET /incidents/{number}/telling', {
    can: 'incidents.read',
    about: 'see what each audience would be told about an incident, and where outsiders see what it touches',
    input: { number, occasion: occasion.default('update') },
    output: z.object({
      filled: z.array(
        z.object({ audience: z.enum(AUDIENCES), title: z.string(), text: z.string() /** Names of facts that the words name and nobody knows. */, unknown: z.array(z.string()) }),
      ),
      components: z.array(z.object({ page: z.string(), component: z.uuid(), name: z.string(), shown: z.enum(STATES) })),
    }),
  }),
  draftPost: verb('POST /incidents/{number}/posts', {
    can: 'incidents.run',
    about: 'draft a post for a status page from what is known of an incident; nobody outside sees it until it is sent',
    input: { number, page: number, occasion: occasion.default('begin') },
    output: z.object({ number: z.string() }),
  }),
};
