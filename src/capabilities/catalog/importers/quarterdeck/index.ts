import * as z from 'zod';
import { importer, unsaid } from '../reading.ts';
import type { Draft, Findings, Owner, Redundancy } from '../reading.ts';
import { entriesAt, isFields, textAt, textsAt } from '../untyped.ts';
import { yamlDocuments } from '../yaml.ts';
import { CatalogDocument, refOfDocument } from './document.ts';

interface Place {
  readonly file: string;
  readonly line: number;
}

function ownerOf(kind: Owner['kind'], name: string | undefined): Owner | null {
  return name === undefined ? null : { ref: `${kind}:${name.toLowerCase()}`, kind, name, email: kind === 'person' && /^[^\s@]+@[^\s@]+$/.test(name) ? name : null };
}

function redundancyOf(value: unknown, consumer: string, place: Place, findings: Findings): Redundancy[] {
  return entriesAt({ value }, 'value').flatMap(([group, said]): Redundancy[] => {
    const [, number = '', percent] = /^(\d{1,4}(?:\.\d{1,3})?)(%?)$/.exec(textAt({ said }, 'said')) ?? [];
    const unit = percent === '%' ? 'percent' : 'count';
    if (number !== '' && (unit === 'count' ? Number.isInteger(Number(number)) : Number(number) <= 100)) return [{ consumer, group, minUp: Number(number), unit }];
    findings.add('error', 'bad-document', `The redundancy group ${group} says neither how many members must stay up (1) nor which part (50%).`, {
      ...place,
      subject: consumer,
      value: group,
    });
    return [];
  });
}

function draftOf(document: CatalogDocument, place: Place, findings: Findings): Required<Omit<Draft, 'states'>> {
  const ref = refOfDocument(document);
  const [owner, lead] = [ownerOf('team', document.team), ownerOf('person', document.lead)];
  const { name, type, summary, lifecycle, tier, capability, usersAffected, rpo, rto, supportHours, address, cloudId, links, tags } = document;
  const told = { name, summary, lifecycle, tier, capability, usersAffected, rpo, rto, supportHours, address, cloudId, links, tags };
  const form = document.service === undefined ? { kind: 'component' as const, type: type ?? null, slug: null } : { kind: 'service' as const, type: null, slug: document.service };
  const thing = { ...unsaid, ...told, ...form, ref, owner: owner?.ref ?? null, lead: lead?.ref ?? null, attributes: Object.fromEntries(textsAt(document, 'attributes')), ...place };
  const relations = document.needs.map((need) => {
    const { impact, group = null, note, as: word, confidence, inferred } = need;
    return { provider: refOfDocument(need), consumer: ref, impact, group, note, word, confidence, inferred };
  });
  return { things: [thing], relations, redundancy: redundancyOf(document.redundancy, ref, place, findings), owners: [owner, lead].filter((one) => one !== null) };
}

/** The desk's own YAML, `quarterdeck: v1`: what `qd export` writes and `qd apply` reads. Nothing unknown passes: a typing error would lose a fact. */
export const quarterdeck = importer({
  label: 'Quarterdeck YAML',
  accepts: ['*.yaml', '*.yml'],
  options: z.strictObject({}),
  read(files, _, findings) {
    const drafts = files.flatMap((file) =>
      yamlDocuments(file, findings).flatMap(({ value, line }) => {
        const place = { file: file.path, line };
        if (!isFields(value) || textAt(value, 'quarterdeck') === '') {
          findings.add('error', 'bad-document', 'This document does not begin with quarterdeck: v1.', place);
          return [];
        }
        const document = CatalogDocument.safeParse(value);
        if (document.success) return [draftOf(document.data, place, findings)];
        const subject = refOfDocument({ service: textAt(value, 'service') || undefined, component: textAt(value, 'component') });
        for (const { path, message } of document.error.issues.slice(0, 20)) {
          findings.add('error', 'bad-document', `${subject}: ${path.length === 0 ? '' : `${path.join('.')}: `}${message}.`, { ...place, subject, value: path.join('.') || null });
        }
        return [];
      }),
    );
    return {
      things: drafts.flatMap(({ things }) => things),
      relations: drafts.flatMap(({ relations }) => relations),
      redundancy: drafts.flatMap(({ redundancy }) => redundancy),
      owners: drafts.flatMap(({ owners }) => owners),
    };
  },
});
