import { readFileSync } from 'node:fs';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * What is wrong with a package-lock: an optional package that is not locked (npm leaves out the platforms its registry
 * lacks, and `npm ci` then fails for everybody there), a missing hash, or an address of somebody's registry.
 */
export function lockFaults(packages: Readonly<Record<string, Entry>>): string[] {
  return Object.entries(packages).flatMap(([path, entry]) => {
    const wanted = Object.keys(entry.optionalDependencies ?? {});
    const faults = wanted.filter((name) => !isLocked(packages, path, name)).map((name) => `${path || 'package.json'}: ${name} is not locked`);
    if (path === '' || entry.link) return faults;
    if (!entry.integrity) faults.push(`${path}: no integrity`);
    if (entry.resolved) faults.push(`${path}: names ${entry.resolved}`);
    return faults;
  });
}

/** Looks where Node would: beside the package, then in each node_modules further up. */
function isLocked(packages: Readonly<Record<string, Entry>>, from: string, name: string): boolean {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at && `${at}/`}node_modules/${name}` in packages) return true;
    if (at === '') return false;
  }
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as { packages: Record<string, Entry> };
  const faults = lockFaults(lock.packages);
  for (const fault of faults) console.error(fault);
  console.log(`${Object.keys(lock.packages).length} locked packages, ${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
