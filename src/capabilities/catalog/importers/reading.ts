import type * as z from 'zod';
import type { COMPONENT_TYPES, impact, lifecycle } from '../contract/shapes.ts';
import { oneLine, refOf } from './wording.ts';

export type ComponentType = (typeof COMPONENT_TYPES)[number];
type Impact = z.infer<typeof impact>;

/** One file of an upload, a directory or a checkout. */
export interface InputFile {
  /** Relative to the root of the source, with forward slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file that passed the guard: UTF-8 without byte order mark and NUL, within the limits, its path inside the root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Something a person should know about what was read. */
export interface Finding {
  /** `error`: a part could not be read, so nothing may be marked stale; `warning`: read, but wrong or unusual; `info`: left out on purpose. */
  readonly level: 'error' | 'warning' | 'info';
  /** Stable word to group and test by, such as `dangling-reference`. */
  readonly code: string;
  /** Null: the source as a whole. */
  readonly file: string | null;
  /** From 1; null when the place is the whole file. */
  readonly line: number | null;
  /** `ref` of the thing it is about. */
  readonly subject: string | null;
  /** The text in question as written in the source, shortened; never a secret. */
  readonly value: string | null;
  readonly sentence: string;
}

/** A service or component that the source says exists. */
export interface Thing {
  /** Stable inside the source: an entity reference, `host:NAME`, lineage and address. */
  readonly ref: string;
  readonly kind: 'service' | 'component';
  /** Null for services. */
  readonly type: ComponentType | null;
  /** 1 to 200 characters. */
  readonly name: string;
  /** Services: what the source itself calls it, in the form of the contract; null when it says nothing usable. */
  readonly slug: string | null;
  /** At most 1000 characters. */
  readonly summary: string;
  /** Null: the source says nothing. */
  readonly lifecycle: z.infer<typeof lifecycle> | null;
  /** Host name, IP address or endpoint, at most 300 characters; empty when unknown. */
  readonly address: string;
  /** The provider's own id (ARN, instance id, uid). */
  readonly cloudId: string | null;
  /** `ref` of an owner in `Reading.owners`: the team it belongs to, or a person where the source names one. */
  readonly owner: string | null;
  /** `ref` of the person who leads it, also in `Reading.owners`. */
  readonly lead: string | null;
  /** Name of the business capability it carries (Backstage: title of the domain). */
  readonly capability: string | null;
  /** 1 (most important) to 4. */
  readonly tier: number | null;
  readonly usersAffected: number | null;
  /** Minutes. */
  readonly rpo: number | null;
  /** Minutes. */
  readonly rto: number | null;
  /** As people write it: `Mon–Fri 08–18`. */
  readonly supportHours: string | null;
  /** http and https only, without user names and passwords; at most 20. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
  /** Lower case, without spaces; at most 50, sorted. */
  readonly tags: readonly string[];
  /** What else the source says, under its own names: at most 100, each at most 500 characters; secrets never. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly file: string | null;
  readonly line: number | null;
}

/** `consumer` needs `provider`; both are refs of things of the same reading, and never the same one. */
export interface Relation {
  readonly provider: string;
  readonly consumer: string;
  readonly impact: Impact;
  /** Redundancy group at the consumer; null: needed by itself. */
  readonly group: string | null;
  /** The source's word: `dependsOn`, `partOf`, `runsOn`, `routesTo`. */
  readonly word: string;
  /** At most 500 characters. */
  readonly note: string;
  /** 0–100: how sure it is that a failure passes along it. Declared by a person: 100. */
  readonly confidence: number;
  /** Concluded by the reader from something that does not say so itself. */
  readonly inferred: boolean;
}

/** How many members of a consumer's group must stay up. */
export interface Redundancy {
  readonly consumer: string;
  readonly group: string;
  readonly minUp: number;
  readonly unit: 'count' | 'percent';
}

/** A team or person the source names. An import creates neither; they are matched with those that exist. */
export interface Owner {
  readonly ref: string;
  readonly kind: 'team' | 'person';
  readonly name: string;
  readonly email: string | null;
}

/** Terraform: which state was read. A lower serial of the same lineage is an old file. */
export interface StateStamp {
  readonly file: string;
  readonly lineage: string | null;
  readonly serial: number | null;
}

/** What one read of a source gives. */
export interface Reading {
  readonly things: readonly Thing[];
  readonly relations: readonly Relation[];
  readonly redundancy: readonly Redundancy[];
  readonly owners: readonly Owner[];
  readonly findings: readonly Finding[];
  /** False when anything could not be read: then nothing may be marked stale. */
  readonly complete: boolean;
  readonly states: readonly StateStamp[];
}

/** What a reader says; duplicates, self edges, references to nothing, secrets and lengths are settled behind it. */
export interface Draft {
  readonly things: readonly Thing[];
  readonly relations?: readonly Relation[];
  readonly redundancy?: readonly Redundancy[];
  readonly owners?: readonly Owner[];
  readonly states?: readonly StateStamp[];
}

/** What a thing is while its source says nothing else. */
export const unsaid: Omit<Thing, 'ref' | 'kind' | 'type' | 'name'> = {
  slug: null,
  summary: '',
  lifecycle: null,
  address: '',
  cloudId: null,
  owner: null,
  lead: null,
  capability: null,
  tier: null,
  usersAffected: null,
  rpo: null,
  rto: null,
  supportHours: null,
  links: [],
  tags: [],
  attributes: {},
  file: null,
  line: null,
};

/** A declared edge while its source says nothing else. */
export const declared: Omit<Relation, 'provider' | 'consumer' | 'word'> = { impact: 'hard', group: null, note: '', confidence: 100, inferred: false };

/** One plug-in: a format and how it is read. */
export interface Importer {
  /** For people. */
  readonly label: string;
  /** Names of files that are taken from a directory, as a file picker would write them; the first fits best. */
  readonly accepts: readonly string[];
  /** What a person sets for the source. */
  readonly options: z.ZodType;
  readonly read: (files: readonly SourceFile[], options: unknown, findings: Findings) => Draft;
}

interface Plug<Options> extends Omit<Importer, 'options' | 'read'> {
  readonly options: z.ZodType<Options>;
  /** Does no I/O, and throws nothing but the RangeError of a stack that is full. */
  readonly read: (files: readonly SourceFile[], options: Options, findings: Findings) => Draft;
}

/** Options that do not fit are a finding, like everything else that is wrong with a source. */
export function importer<Options>(plug: Plug<Options>): Importer {
  return {
    ...plug,
    read(files, given, findings) {
      const options = plug.options.safeParse(given);
      if (options.success) return plug.read(files, options.data, findings);
      for (const { path, message } of options.error.issues)
        findings.add('error', 'options', `The settings of this source do not fit: ${path.join('.')}: ${message}`, { value: path.join('.') });
      return { things: [] };
    },
  };
}

type Place = Partial<Pick<Finding, 'file' | 'line' | 'subject' | 'value'>>;
export interface Findings {
  readonly add: (level: Finding['level'], code: string, sentence: string, place?: Place) => void;
  readonly kept: readonly Finding[];
  /** No error so far, also among those that were not kept. */
  readonly complete: () => boolean;
}

const mostFindings = 1000;

/** Collects findings; after a thousand only their number grows, so that a bad file cannot fill the memory. */
export function openFindings(): Findings {
  const kept: Finding[] = [];
  let errors = 0;
  return {
    kept,
    complete: () => errors === 0,
    add(level, code, sentence, place = {}) {
      if (level === 'error') errors += 1;
      const { file = null, line = null, subject = null, value = null } = place;
      if (kept.length === mostFindings) {
        kept.push({
          level: 'warning',
          code: 'more',
          file: null,
          line: null,
          subject: null,
          value: null,
          sentence: `There is more to report than the ${mostFindings} findings above.`,
        });
      }
      if (kept.length > mostFindings) return;
      kept.push({ level, code, line, file: file && oneLine(file, 400), subject: subject && refOf(subject), value: value && oneLine(value, 200), sentence: oneLine(sentence, 500) });
    },
  };
}
