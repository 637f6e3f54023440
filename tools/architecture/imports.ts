import { capabilityOf, importsOf, insideOf, isShape, isTest, isWeb, type Source } from './sources.ts';

/** The capabilities in the order of `src/modules.ts`; the kernel's own records are not one of them. */
export function orderOf(sources: readonly Source[]): string[] {
  const modules = sources.find(({ path }) => path === 'src/modules.ts');
  if (!modules) throw new Error('src/modules.ts is missing: it gives the order of the capabilities');
  const order = importsOf(modules).flatMap((path) => capabilityOf(path) ?? []);
  if (order.length === 0) throw new Error('src/modules.ts names no capability');
  return order;
}

interface Edge {
  readonly from: string;
  readonly to: string;
}

function edgesOf(sources: readonly Source[]): Edge[] {
  const checked = sources.filter(({ path }) => path.startsWith('src/') && /\.tsx?$/.test(path) && !isTest(path));
  return checked.flatMap((source) => importsOf(source).map((to) => ({ from: source.path, to })));
}

/** Rule 1: a capability uses those above it in `src/modules.ts`; every capability with a module is listed there. */
export function againstOrder(sources: readonly Source[], order: readonly string[]): string[] {
  const unlisted = sources.flatMap(({ path }) => {
    const name = capabilityOf(path);
    return name && insideOf(path) === 'index.ts' && !order.includes(name) ? [`${path}: ${name} is not in src/modules.ts`] : [];
  });
  const upward = edgesOf(sources).flatMap(({ from, to }) => {
    const [user, used] = [capabilityOf(from), capabilityOf(to)];
    if (!user || !used || user === used || !order.includes(user)) return [];
    const isAbove = order.includes(used) && order.indexOf(used) < order.indexOf(user);
    return isAbove ? [] : [`${from} imports ${to}: ${used} does not stand above ${user} in src/modules.ts`];
  });
  return [...unlisted, ...upward];
}

/** Rule 1: inside the server, pages use what acts and what acts uses shapes, never the other way. */
export function againstLayers(sources: readonly Source[]): string[] {
  return edgesOf(sources).flatMap(({ from, to }) => {
    if (!isWeb(from) && isWeb(to) && from.startsWith('src/')) return [`${from} imports the page ${to}`];
    if (!isShape(from)) return [];
    const isActing = capabilityOf(to) !== undefined && !isShape(to);
    const isSystem = to.startsWith('node:') || ['pg', 'kysely', 'fastify', 'graphile-worker', 'nodemailer'].includes(to);
    if (isActing && !isPlugIn(to)) return [`${from} imports ${to}: a contract or rule uses shapes only`];
    return isSystem ? [`${from} imports ${to}: a contract or rule does no I/O`] : [];
  });
}

function isPlugIn(path: string): boolean {
  return /^(channels|probes|formats|importers|executors|reports|scanners|providers)\//.test(insideOf(path));
}

/** Rules 1 and 2: the kernel knows no capability, and a capability is entered by its front door. */
export function besideDoors(sources: readonly Source[]): string[] {
  return edgesOf(sources).flatMap(({ from, to }) => {
    const used = capabilityOf(to);
    if (!used || capabilityOf(from) === used) return [];
    if (from.startsWith('src/kernel/')) return [`${from} imports ${to}: the kernel knows no capability`];
    const inside = insideOf(to);
    const isDoor = /^(index\.ts|(contract|rules)(\.ts|\/index\.ts))$/.test(inside);
    // The frame of every page, and Watch, which comes with it, load only the part of a contract that they show.
    if (from === 'src/capabilities/watch/contract.ts' && inside === 'contract/frame.ts') return [];
    const isPage = from.startsWith('src/web/') ? inside.startsWith('web/') || inside === 'contract/frame.ts' : isWeb(from) && /^web\/index\.tsx?$/.test(inside);
    return isDoor || isPage ? [] : [`${from} imports ${to}: ${used} is entered by index.ts, contract.ts or rules.ts`];
  });
}

const seenByPages = ['client', 'contract', 'problem', 'permissions', 'spans', 'weekly', 'zoned', 'records/contract', 'records/rules'].map((name) => `src/kernel/${name}.ts`);

/** Rule 4: a page sees contracts, rules and the client, nothing else of the server. */
export function behindPages(sources: readonly Source[]): string[] {
  return edgesOf(sources).flatMap(({ from, to }) => {
    if (!isWeb(from) || from === 'src/web/vite.config.ts') return [];
    const isAllowed = isWeb(to) || isShape(to) || seenByPages.includes(to) || to === 'src/contracts.ts' || !/^(src\/|node:)/.test(to);
    return isAllowed ? [] : [`${from} imports ${to}: a page sees contracts, rules and the client only`];
  });
}
