import { slugOf } from '../../rules/slug.ts';
import { declared, unsaid } from '../reading.ts';
import type { ComponentType, Owner, Relation, Thing } from '../reading.ts';
import { entriesAt, listAt, textAt, textsAt } from '../untyped.ts';
import type { Entity } from './entity.ts';
import type { Derived } from './relations.ts';

/** Words inside the type of a Resource, most telling first; what fits none is a cloud resource. */
const resourceTypes: readonly (readonly [RegExp, ComponentType])[] = [
  [/database|postgres|mysql|mariadb|mongo|sql|redis|cache|elasticsearch|dynamo|warehouse|\bdb\b/, 'database'],
  [/bucket|storage|s3|blob|volume|filesystem|disk|share/, 'storage'],
  [/queue|topic|kafka|rabbit|sns|sqs|pubsub|broker|stream|bus/, 'queue'],
  [/cluster|kubernetes|k8s/, 'cluster'],
  [/certificate|tls|ssl/, 'certificate'],
  [/domain|dns|zone/, 'domain'],
  [/directory|ldap|idp|identity/, 'directory'],
  [/network|vpc|subnet|load-?balancer|gateway|firewall|switch|router|proxy|vpn/, 'network'],
  [/saas|vendor|external/, 'saas'],
  [/\bvm\b|virtual-?machine|instance/, 'vm'],
  [/host|server|machine/, 'host'],
  [/container|image|pod/, 'container'],
  [/library|package|module|sdk|plugin/, 'software'],
];

const isLibrary = (type: string) => /library|package|module|sdk|plugin/.test(type);

const lifecycles: Readonly<Record<string, Thing['lifecycle']>> = {
  experimental: 'live',
  production: 'live',
  deprecated: 'retiring',
  decommissioned: 'retired',
  retired: 'retired',
  obsolete: 'retired',
  planned: 'planned',
  proposed: 'planned',
};

type Form = Pick<Thing, 'kind' | 'type'>;

/** What an entity becomes; null for what names no thing: Domain, Group, User, Location, Template and kinds of somebody's own. */
function formOf({ kind, spec }: Entity): Form | null {
  const type = textAt(spec, 'type').toLowerCase();
  const component = (of: ComponentType): Form => ({ kind: 'component', type: of });
  switch (kind.toLowerCase()) {
    case 'component':
      return isLibrary(type) ? component('software') : { kind: 'service', type: null };
    case 'system':
      return { kind: 'service', type: null };
    case 'api':
      return component('software');
    case 'resource':
      return component(resourceTypes.find(([words]) => words.test(type))?.[1] ?? 'cloud');
    default:
      return null;
  }
}

const titleOf = ({ metadata, name }: Entity) => textAt(metadata, 'title') || name;

/** Title of the domain an entity belongs to, over its parents and systems; at most twenty steps, so that circles end. */
function capabilities(entities: ReadonlyMap<string, Entity>, relations: readonly Derived[]): (ref: string) => string | null {
  const parents = new Map<string, string[]>();
  for (const { from, word, to } of relations) if (word === 'partOf' && !parents.get(from)?.push(to)) parents.set(from, [to]);
  return (ref) => {
    let here: string | undefined = ref;
    for (let step = 0; step < 20 && here !== undefined; step += 1) {
      const above: string[] = parents.get(here) ?? [];
      const domain = above.find((one) => one.startsWith('domain:'));
      if (domain !== undefined) {
        const entity = entities.get(domain);
        return entity ? titleOf(entity) : domain.slice(domain.indexOf('/') + 1);
      }
      here = above.find((one) => one.startsWith('component:')) ?? above[0];
    }
    return null;
  };
}

/** Annotations that hold a web address, some behind `url:`. */
const linked: readonly (readonly [string, string])[] = [
  ['backstage.io/source-location', 'Source'],
  ['backstage.io/view-url', 'Catalog file'],
  ['newrelic.com/dashboard-url', 'Dashboard'],
  ['lighthouse.com/website-url', 'Website'],
];
const projects: readonly (readonly [string, string, string])[] = [
  ['github.com/project-slug', 'GitHub', 'https://github.com/'],
  ['gitlab.com/project-slug', 'GitLab', 'https://gitlab.com/'],
];

function linksOf({ metadata }: Entity): Thing['links'] {
  const written = listAt(metadata, 'links').map((link) => ({ label: textAt(link, 'title'), url: textAt(link, 'url') }));
  const pointed = linked.map(([name, label]) => ({ label, url: textAt(metadata, 'annotations', name).replace(/^url:/, '') }));
  const hosted = projects.flatMap(([name, label, host]) => {
    const slug = textAt(metadata, 'annotations', name);
    return /^[\w.-]+(\/[\w.-]+)+$/.test(slug) ? [{ label, url: host + slug }] : [];
  });
  return [...written, ...pointed, ...hosted];
}

function attributesOf({ metadata, spec }: Entity): Record<string, string> {
  const said = (['type', 'lifecycle'] as const).map((field) => [field, textAt(spec, field)] as const);
  const labels = textsAt(metadata, 'labels').map(([key, value]) => [`label ${key}`, value] as const);
  return Object.fromEntries([...said, ...labels, ...textsAt(metadata, 'annotations')].filter(([, value]) => value !== ''));
}

export function thingsOf(entities: readonly Entity[], relations: readonly Derived[]): Thing[] {
  const owners = new Map(relations.flatMap(({ from, word, to }) => (word === 'ownedBy' ? [[from, to] as const] : [])));
  const capability = capabilities(new Map(entities.map((entity) => [entity.ref, entity])), relations);
  return entities.flatMap((entity) => {
    const form = formOf(entity);
    if (form === null) return [];
    const lifecycle = textAt(entity.spec, 'lifecycle').toLowerCase();
    const tier = Number(textAt(entity.metadata, 'labels', 'tier').replace(/^tier[- ]?/i, ''));
    return [
      {
        ...unsaid,
        ...form,
        ref: entity.ref,
        name: titleOf(entity),
        slug: form.kind === 'service' ? slugOf(entity.name) || null : null,
        summary: textAt(entity.metadata, 'description'),
        lifecycle: Object.hasOwn(lifecycles, lifecycle) ? (lifecycles[lifecycle] ?? null) : null,
        owner: owners.get(entity.ref) ?? null,
        capability: capability(entity.ref),
        tier: [1, 2, 3, 4].includes(tier) ? tier : null,
        links: linksOf(entity),
        tags: listAt(entity.metadata, 'tags').map((tag) => textAt({ tag }, 'tag')),
        attributes: attributesOf(entity),
        file: entity.file,
        line: entity.line,
      },
    ];
  });
}

/** The provider of each word: what falls when it falls. */
export function edgesOf(relations: readonly Derived[]): Relation[] {
  return relations.flatMap(({ from, word, to }): Relation[] => {
    if (word === 'dependsOn' || word === 'consumesApi') return [{ ...declared, provider: to, consumer: from, word }];
    if (word === 'providesApi') return [{ ...declared, provider: from, consumer: to, word }];
    return word === 'partOf' && !to.startsWith('domain:') ? [{ ...declared, provider: from, consumer: to, word, impact: 'soft' }] : [];
  });
}

/** Groups and users that are described or named as an owner. */
export function ownersOf(entities: readonly Entity[], relations: readonly Derived[]): Owner[] {
  const described = new Map(entities.map((entity) => [entity.ref, entity]));
  const named = relations.flatMap(({ word, to }) => (word === 'ownedBy' ? [to] : []));
  const all = [...entities.flatMap(({ ref }) => (/^(group|user):/.test(ref) ? [ref] : [])), ...named];
  return [...new Set(all)].map((ref) => {
    const entity = described.get(ref);
    const profile = entity && entriesAt(entity.spec, 'profile').length > 0 ? entity.spec : undefined;
    const name = textAt(profile, 'profile', 'displayName') || (entity ? titleOf(entity) : ref.slice(ref.indexOf('/') + 1));
    return { ref, kind: ref.startsWith('user:') ? 'person' : 'team', name, email: textAt(profile, 'profile', 'email') || null };
  });
}
