import * as z from 'zod';
import { instant, mayOf, number, page, pageInput, title, verb, version } from '#kernel/contract.ts';
import { access, Following, state, StatusComponent, StatusPage } from './shapes.ts';

const slug = z
  .string()
  .trim()
  .min(2)
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use small letters, digits and single hyphens, such as shop-status.');
const colour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'Write a colour as #0b667e.')
  .transform((text) => text.toLowerCase());
const about = z.string().trim().max(1000);
const name = z.string().trim().min(1, 'Say what outsiders call it.').max(100);
const sourceNumber = z.string().regex(/^(SVC|CMP)-[0-9]+$/, 'Name a service or a component of the catalog, such as SVC-3.');
const component = { name, about: z.string().trim().max(300), group: z.string().trim().max(100), published: z.boolean(), followsChecks: z.boolean() };
const push = z.discriminatedUnion('kind', [
  /** Each file with PUT below an address. */
  z.strictObject({ kind: z.literal('put'), url: z.url({ protocol: /^https?$/ }).max(500), authorization: z.string().max(1000).default('') }),
  /** A bucket that speaks the protocol of S3. */
  z.strictObject({
    kind: z.literal('s3'),
    url: z.url({ protocol: /^https?$/ }).max(500),
    bucket: z.string().min(3).max(63),
    region: z.string().min(1).max(40),
    prefix: z.string().max(200).default(''),
    accessKey: z.string().min(1).max(200),
    secretKey: z.string().min(1).max(200),
  }),
]);

export const StatusFile = z.object({ path: z.string(), type: z.string(), base64: z.string() }).meta({ id: 'StatusFile' });
const Detail = z.object({
  page: StatusPage,
  components: z.array(StatusComponent),
  following: Following,
  push: z.object({ kind: z.enum(['put', 's3']), to: z.string(), pushedAt: instant.nullable(), result: z.string() }).nullable(),
  may: mayOf('change', 'post'),
});

export const pageVerbs = {
  pages: verb('GET /status-pages', { can: 'status.read', about: 'list status pages by name', input: { ...pageInput }, output: page(StatusPage) }),
  page: verb('GET /status-pages/{number}', { can: 'status.read', about: 'look at a status page and its components', input: { number }, output: Detail }),
  createPage: verb('POST /status-pages', {
    can: 'status.manage',
    about: 'make a status page; it is hidden until it is published',
    input: { title, slug, about: about.default(''), access: access.default('public'), colour: colour.default('#0b667e') },
    output: StatusPage,
  }),
  changePage: verb('POST /status-pages/{number}', {
    can: 'status.manage',
    about: 'change a status page, or publish it',
    input: {
      number,
      version,
      title: title.optional(),
      slug: slug.optional(),
      about: about.optional(),
      access: access.optional(),
      colour: colour.optional(),
      published: z.boolean().optional(),
    },
    output: StatusPage,
  }),
  setLogo: verb('POST /status-pages/{number}/logo', {
    can: 'status.manage',
    about: 'set the logo of a status page (PNG, JPEG or WebP up to 200 kB), or take it away',
    input: { number, version, base64: z.base64().max(280_000).nullable() },
    output: StatusPage,
  }),
  renewLink: verb('POST /status-pages/{number}/renew-link', {
    can: 'status.manage',
    about: 'give a status page with a secret link a new one; the old one ends',
    input: { number, version },
    output: StatusPage,
    secret: true,
  }),
  addComponent: verb('POST /status-pages/{number}/components', {
    can: 'status.manage',
    about: 'put a service, a component or a thing of your own on a status page',
    input: {
      number,
      version,
      name: component.name,
      source: sourceNumber.optional(),
      about: component.about.default(''),
      group: component.group.default(''),
      published: component.published.default(true),
      followsChecks: component.followsChecks.default(false),
    },
    output: StatusComponent,
  }),
  changeComponent: verb('POST /status-pages/{number}/components/{id}', {
    can: 'status.manage',
    about: 'change what outsiders read of a component, or set its state by hand',
    input: {
      number,
      id: z.uuid(),
      version,
      name: component.name.optional(),
      about: component.about.optional(),
      group: component.group.optional(),
      published: component.published.optional(),
      followsChecks: component.followsChecks.optional(),
      byHand: state.optional(),
    },
    output: StatusComponent,
  }),
  orderComponents: verb('POST /status-pages/{number}/order', {
    can: 'status.manage',
    about: 'put the components of a status page into an order',
    input: { number, version, ids: z.array(z.uuid()).max(500) },
    output: z.object({ components: z.array(StatusComponent) }),
  }),
  removeComponent: verb('DELETE /status-pages/{number}/components/{id}', {
    can: 'status.manage',
    about: 'take a component off a status page',
    input: { number, id: z.uuid(), version },
    output: z.object({ number: z.string() }),
  }),
  files: verb('GET /status-pages/{number}/files', {
    can: 'status.manage',
    about: 'get a status page as files that can be served elsewhere',
    input: { number },
    output: z.object({ files: z.array(StatusFile) }),
  }),
  setPush: verb('POST /status-pages/{number}/push', {
    can: 'status.manage',
    about: 'say where the files of a status page are pushed after each change; null ends it',
    input: { number, version, push: push.nullable() },
    output: Detail,
  }),
  pushNow: verb('POST /status-pages/{number}/push-now', {
    can: 'status.manage',
    about: 'push the files of a status page now',
    input: { number },
    output: z.object({ number: z.string() }),
  }),
} as const;

export type PushTarget = z.output<typeof push>;
