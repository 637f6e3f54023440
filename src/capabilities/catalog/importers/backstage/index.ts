import * as z from 'zod';
import { importer, openFindings } from '../reading.ts';
import { entitiesOf } from './entity.ts';
import { catalogFiles, checkLocations, checkSubstitutions } from './locations.ts';
import { cyclesOf, danglingOf, relationsOf } from './relations.ts';
import { edgesOf, ownersOf, thingsOf } from './things.ts';

/** Backstage `catalog-info.yaml` (backstage.io descriptor format, v1alpha1). Every defect is a finding and none stops the read. */
export const backstage = importer({
  label: 'Backstage catalog',
  accepts: ['catalog-info.yaml', 'catalog-info.yml', '*.yaml', '*.yml'],
  options: z.strictObject({}),
  read(given, _, findings) {
    const files = catalogFiles(given, (some) => entitiesOf(some, openFindings()));
    if (files.length < given.length)
      findings.add(
        'info',
        'not-catalog',
        `${given.length - files.length} other YAML files are not part of the catalog: not written for Backstage, and no Location names them. They were left out.`,
      );
    const entities = entitiesOf(files, findings);
    checkLocations(entities, files, findings);
    for (const entity of entities) checkSubstitutions(entity, findings);
    const relations = relationsOf(entities, findings);
    const things = thingsOf(entities, relations);
    const edges = edgesOf(relations);
    // The edges' own ends are reported behind the reader; here remain those that make no edge: owners, domains, groups.
    const reported = new Set(edges.flatMap(({ provider, consumer }) => [provider, consumer]));
    for (const ref of danglingOf(entities, relations)) {
      if (!reported.has(ref)) findings.add('info', 'undescribed', `${ref} is referred to, and no given file describes it.`, { value: ref });
    }
    for (const cycle of cyclesOf(relations)) {
      if (cycle.length > 1)
        findings.add('warning', 'cycle', `These depend on each other: ${cycle.slice(0, 8).join(', ')}.`, { subject: cycle[0] ?? null, value: cycle.join(', ') });
    }
    return { things, relations: edges, owners: ownersOf(entities, relations) };
  },
});
