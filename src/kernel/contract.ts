import * as z from 'zod';
import type { Role } from './permissions.ts';

/** Structural view of a zod schema: constraining with it keeps type checking fast (12 × fewer instantiations). */
export interface Shape {
  // oxlint-disable-next-line typescript/no-explicit-any -- the one place: zod's own variance marker
  readonly _zod: { readonly input: any; readonly output: any };
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Verb<I extends Shape = Shape, O extends Shape = Shape, R extends boolean = boolean> {
  readonly method: Method;
  /** Path below /api/v1; keys in braces are taken from the input. */
  readonly path: string;
  /** A permission of the contract; `anyone` needs no session; `self` any signed-in actor. */
  readonly can: string;
  /** One line in the imperative: "declare an incident". Shown in the API page and `qd --help`. */
  readonly about: string;
  readonly input: I;
  readonly output: O;
  /** True when it cannot write: it runs on the read-only pool. */
  readonly reads: R;
  /** True for the listed exceptions that may write without a trace (architecture.md 3.7). */
  readonly quiet: boolean;
  /** True when the answer holds a secret: an idempotent repeat answers "already done" instead. */
  readonly secret: boolean;
  /** True when the verb takes no Idempotency-Key (sign-in). */
  readonly once: boolean;
}

interface VerbSpec<I extends Record<string, Shape>, O extends Shape> {
  readonly can: string;
  readonly about: string;
  readonly input?: I;
  readonly output: O;
  readonly quiet?: boolean;
  readonly secret?: boolean;
  readonly once?: boolean;
}

/** The shape of one flat input object; structural, so that no zod class is instantiated by the compiler. */
interface InputOf<I extends Record<string, Shape>> {
  readonly _zod: { readonly input: z.core.$InferObjectInput<I, Record<never, never>>; readonly output: z.core.$InferObjectOutput<I, Record<never, never>> };
}

type ReadsOf<H extends string> = H extends `GET ${string}` ? true : false;

/**
 * One verb of a contract. The head is `METHOD /path/{key}`; the input is one flat object: keys named in the path
 * go to the path, the rest to the query (GET) or the body. Unknown fields are refused. A GET reads; anything else writes.
 */
export function verb<H extends `${Method} /${string}`, O extends Shape, const I extends Record<string, Shape> = Record<never, never>>(
  head: H,
  spec: VerbSpec<I, O>,
): Verb<InputOf<I>, O, ReadsOf<H>> {
  return verbOf(head, spec, head.startsWith('GET ')) as Verb<InputOf<I>, O, ReadsOf<H>>;
}

/** A POST that only computes: a preview, "try this rule". It runs on the read-only pool. */
export function compute<O extends Shape, const I extends Record<string, Shape> = Record<never, never>>(head: `POST /${string}`, spec: VerbSpec<I, O>): Verb<InputOf<I>, O, true> {
  return verbOf(head, spec, true) as Verb<InputOf<I>, O, true>;
}

function verbOf(head: string, spec: VerbSpec<Record<string, Shape>, Shape>, reads: boolean): Verb {
  const [method, path] = head.split(' ') as [Method, string];
  return {
    method,
    path,
    reads,
    can: spec.can,
    about: spec.about,
    output: spec.output,
    input: z.strictObject((spec.input ?? {}) as Record<string, z.ZodType>),
    quiet: spec.quiet ?? false,
    secret: spec.secret ?? false,
    once: spec.once ?? false,
  };
}

export type Verbs = Readonly<Record<string, Verb>>;

export interface Contract<V extends Verbs = Verbs> {
  /** The capability's name, first word of its commands and permissions. */
  readonly name: string;
  /** One line: what the capability is for. */
  readonly about: string;
  /** Permission → the lowest role that has it. */
  readonly permissions: Readonly<Record<string, Role>>;
  /** Kinds of records it owns, with the prefix of their numbers and the address of their page. */
  readonly kinds: Readonly<Record<string, Kind>>;
  /** Every event (`did`) it may write into the activity log, with the words people read. */
  readonly events: Readonly<Record<string, string>>;
  readonly verbs: V;
}

export interface Kind {
  /** Prefix of the record numbers: INC in INC-42. */
  readonly prefix: string;
  /** What people call one of them, lower case: "incident". */
  readonly word: string;
  /** Address of the page in the app, `{number}` replaced. */
  readonly page: string;
}

export function contract<const V extends Verbs>(c: Contract<V>): Contract<V> {
  return c;
}

export type In<V extends Verb> = V['input']['_zod']['input'];
export type Parsed<V extends Verb> = V['input']['_zod']['output'];
export type Out<V extends Verb> = V['output']['_zod']['output'];

// Shapes that every contract needs.

/** RFC 3339 instant in UTC. */
export const instant = z.iso.datetime({ offset: true }).meta({ description: 'RFC 3339 instant' });
/** Number of a record as people see it: INC-42. */
export const number = z.string().regex(/^[A-Z]{2,4}-[0-9]+$/, 'A record number looks like INC-42.');
/** The version the caller saw; a stale one is answered 409 with the stored one. */
export const version = z.coerce.number().int().min(1);
export const title = z.string().trim().min(1, 'Say in a few words what it is.').max(200);
export const text = z.string().trim().max(20_000);
export const pageInput = {
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
} as const;

/** A short reference to a record: what a link, an owner or a team looks like on the wire. */
export const Ref = z.object({ id: z.uuid(), kind: z.string(), number: z.string(), title: z.string() }).meta({ id: 'Ref' });
export type Ref = z.infer<typeof Ref>;

/** One page of a list; `cursor` is null on the last page. Lists never count the whole table. */
export function page<T extends Shape>(item: T) {
  return z.object({ items: z.array(item as unknown as z.ZodType<T['_zod']['output']>), cursor: z.string().nullable() });
}

/** A query field that may be given once or many times. */
export function many<T extends Shape>(item: T) {
  const one = item as unknown as z.ZodType<T['_zod']['output'], T['_zod']['input']>;
  return z.union([z.array(one), one.transform((value) => [value])]);
}

/** A query field that is true or false: `true`, `false`, 1, 0. */
export const flag = z.union([z.boolean(), z.stringbool()]);

/** Why each verb is refused to this viewer now, or null when it is open to them. */
export function mayOf<const K extends string>(...verbs: readonly K[]) {
  return z.object(Object.fromEntries(verbs.map((name) => [name, z.string().nullable()])) as Record<K, z.ZodNullable<z.ZodString>>);
}
