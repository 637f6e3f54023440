import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { entitiesOf } from '#capabilities/catalog/importers/backstage/entity.ts';
import type { Entity } from '#capabilities/catalog/importers/backstage/entity.ts';
import { cyclesOf, danglingOf, relationsOf } from '#capabilities/catalog/importers/backstage/relations.ts';
import { guard } from '#capabilities/catalog/importers/input.ts';
import { openFindings } from '#capabilities/catalog/importers/reading.ts';
import type { Finding } from '#capabilities/catalog/importers/reading.ts';
import { entriesAt, listAt, textAt } from '#capabilities/catalog/importers/untyped.ts';
import { fieldsOf, textOf } from '../case.ts';
import type { Family } from '../case.ts';

const samples = path.join(import.meta.dirname, '../../samples/backstage');

function shown({ file, kind, metadata, spec }: Entity) {
  return {
    file,
    kind,
    type: textAt(spec, 'type') || null,
    lifecycle: textAt(spec, 'lifecycle') || null,
    title: textAt(metadata, 'title') || null,
    tags: listAt(metadata, 'tags'),
    annotations: entriesAt(metadata, 'annotations')
      .map(([name]) => name)
      .toSorted(),
  };
}

/** How the cases word each defect; what else the reader reports (remote targets, substitutions) they do not know. */
const worded: Readonly<Record<string, (finding: Finding) => string>> = {
  'no-kind-or-name': () => 'no kind or metadata.name',
  'unknown-root-keys': ({ value }) => `unknown root keys (probably misplaced): ${value}`,
  'unusual-lifecycle': ({ subject, value }) => `${subject} unusual lifecycle '${value}'`,
  'invalid-name': ({ subject, value }) => `${subject} invalid name '${value}'`,
  'missing-owner': ({ subject }) => `${subject} has no owner`,
  'reference-without-kind': ({ subject, value }) => `${subject} reference without kind '${value}'`,
  'bad-reference': ({ subject, value }) => `${subject} bad reference '${value}'`,
  'template-placeholder': ({ value }) => `template placeholder '${value}'`,
  duplicate: ({ subject }) => `duplicate ${subject}`,
  yaml: ({ sentence }) => sentence,
};

/** Each catalog of the file is a case; lists of pairs instead of objects, so that nothing may be left over. */
export const backstage: Family = {
  family: 'service-management/backstage',
  cases: (content) =>
    Object.entries(content).map(([catalog, expected]) => ({
      id: `backstage#${catalog}`,
      given: { catalog },
      expect: { ...fieldsOf(expected), entities: Object.entries(fieldsOf(fieldsOf(expected)['entities'])) },
    })),
  answer({ given }) {
    const root = path.join(samples, textOf(given['catalog']));
    const files = globSync('**/*.yaml', { cwd: root }).map((name) => ({ path: name, bytes: readFileSync(path.join(root, name)) }));
    const findings = openFindings();
    const entities = entitiesOf(guard(files, findings), findings);
    const relations = relationsOf(entities, findings);
    const selves = relations.filter(({ from, to }) => from === to).map(({ from, word }) => ['*', `self relation ${from} ${word}`]);
    return {
      files: files.length,
      entities: entities.map((entity) => [entity.ref, shown(entity)]),
      relations: relations.map(({ from, word, to }) => [from, word, to]),
      danglingRefs: danglingOf(entities, relations),
      dependsOnCycles: cyclesOf(relations),
      issues: [...findings.kept.flatMap((finding) => (worded[finding.code] ? [[finding.file, worded[finding.code]!(finding)]] : [])), ...selves],
    };
  },
};
