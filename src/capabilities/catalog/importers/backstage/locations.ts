import ipaddr from 'ipaddr.js';
import { folderOf, isInside, joinPath } from '../input.ts';
import type { Findings, SourceFile } from '../reading.ts';
import { entriesAt, listAt, textAt } from '../untyped.ts';
import type { Entity } from './entity.ts';

/** `*` and `?` inside one part of a path; greedy with one step back, so that no pattern takes long. */
function partFits(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') [star, mark, p] = [p, t, p + 1];
    else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) [p, t] = [p + 1, t + 1];
    else if (star >= 0) [p, t, mark] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** The same with `**` for any number of folders. */
export function globFits(glob: string, path: string): boolean {
  const [patterns, parts] = [glob.split('/'), path.split('/')];
  // reached[i]: the patterns so far fit the first i parts.
  let reached = parts.map(() => false).concat(false);
  reached[0] = true;
  for (const pattern of patterns) {
    const next = reached.map(() => false);
    if (pattern === '**') {
      const first = reached.indexOf(true);
      if (first >= 0) next.fill(true, first);
    } else for (const [i, part] of parts.entries()) next[i + 1] = reached[i] === true && partFits(pattern, part);
    reached = next;
  }
  return reached[parts.length] === true;
}

/** A name or number that leads into the network the desk stands in, also when written as 0x7f.1 or [::1]. */
function isInternal(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() !== 'unicast';
  return !host.includes('.') || /\.(local|localhost|internal|intranet|lan|home|corp|private|arpa)$/.test(host);
}

/** `$text`, `$json` and `$yaml` are never followed: what stands behind an address could be anybody's, and an address could lead inside. */
export function checkSubstitutions(entity: Entity, findings: Findings): void {
  let level: unknown[] = [entity.metadata, entity.spec];
  const place = { file: entity.file, line: entity.line, subject: entity.ref };
  while (level.length > 0) {
    const next: unknown[] = [];
    for (const value of level) {
      for (const item of Array.isArray(value) ? value : []) next.push(item);
      for (const [key, inner] of entriesAt(value)) {
        next.push(inner);
        if (!['$text', '$json', '$yaml'].includes(key)) continue;
        const target = textAt(value, key);
        const url = URL.canParse(target) ? new URL(target) : null;
        if (url !== null && isInternal(url.hostname)) {
          findings.add('warning', 'substitution-internal', `${entity.ref} wants ${key} from the internal address ${url.hostname}; the desk never reads it.`, {
            ...place,
            value: `${key}: ${url.origin}`,
          });
        } else {
          findings.add('info', 'substitution', `${entity.ref} takes a value from ${url === null ? target : url.hostname} by ${key}; it is not read.`, {
            ...place,
            value: url === null ? target : `${key}: ${url.origin}`,
          });
        }
      }
    }
    level = next;
  }
}

function checkTarget(entity: Entity, target: string, files: readonly string[], findings: Findings): void {
  const place = { file: entity.file, line: entity.line, subject: entity.ref, value: target };
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
    findings.add(
      'warning',
      'remote-target',
      `${entity.ref} points to ${target.slice(0, 120)}; the desk reads the given files only. Import that catalog as a source of its own.`,
      place,
    );
    return;
  }
  const folder = folderOf(entity.file);
  if (target.length > 1000 || !isInside(target.startsWith('/') ? target : `${folder}/${target}`.replace(/^\//, ''))) {
    findings.add('error', 'outside-root', `${entity.ref} points to ${target.slice(0, 120)}, which leads out of the folder that may be read.`, place);
    return;
  }
  const path = joinPath(folder, target);
  if (/[*?]/.test(path)) {
    if (!files.some((file) => globFits(path, file))) findings.add('info', 'glob-matches-nothing', `${entity.ref} points to ${target}, and no given file has such a name.`, place);
  } else if (!files.includes(path)) {
    const isOptional = textAt(entity.spec, 'presence') === 'optional';
    findings.add(isOptional ? 'info' : 'error', 'missing-target', `${entity.ref} points to ${target}, which is not among the given files.`, place);
  }
}

function targetsOf(entity: Entity): readonly string[] {
  return [textAt(entity.spec, 'target'), ...listAt(entity.spec, 'targets').map((target) => textAt({ target }, 'target'))].filter((target) => target !== '');
}

const isDescriptor = ({ path, text }: SourceFile) => /(^|\/)catalog-info\.ya?ml$/.test(path) || /^apiVersion:\s*['"]?([a-z]+\.)?backstage\.io\//m.test(text);

/**
 * Of a whole checkout, the files that are its catalog: those named `catalog-info.yaml` or written for Backstage, and what their
 * Locations lead to. Other YAML (charts, pipelines) is none of ours, and a template among it would keep the read incomplete for ever.
 */
export function catalogFiles(files: readonly SourceFile[], entitiesIn: (files: readonly SourceFile[]) => readonly Entity[]): readonly SourceFile[] {
  const roots = files.filter(isDescriptor);
  if (roots.length === 0) return files;
  const taken = new Set(roots);
  for (let fresh: readonly SourceFile[] = roots; fresh.length > 0;) {
    const found = entitiesIn(fresh.filter(({ text }) => /kind:\s*['"]?location/i.test(text))).filter(({ kind }) => kind.toLowerCase() === 'location');
    const wanted = found.flatMap((entity) => targetsOf(entity).map((target) => joinPath(folderOf(entity.file), target)));
    fresh = files.filter((file) => !taken.has(file) && wanted.some((glob) => glob === file.path || (/[*?]/.test(glob) && globFits(glob, file.path))));
    for (const file of fresh) taken.add(file);
  }
  return files.filter((file) => taken.has(file));
}

const mostTargets = 1000;

/** A Location says which files must be there. */
export function checkLocations(entities: readonly Entity[], files: readonly SourceFile[], findings: Findings): void {
  const paths = files.map(({ path }) => path);
  let left = mostTargets;
  for (const entity of entities) {
    if (entity.kind.toLowerCase() !== 'location') continue;
    const targets = targetsOf(entity);
    for (const target of targets.slice(0, Math.max(0, left))) checkTarget(entity, target, paths, findings);
    left -= targets.length;
  }
  if (left < 0) findings.add('error', 'too-many', `The locations name more than ${mostTargets} targets; the others were not checked.`);
}
