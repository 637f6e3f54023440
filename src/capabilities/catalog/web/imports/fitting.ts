interface Named {
  readonly path: string;
}

export interface Fit<F> {
  readonly files: readonly F[];
  /** Of other kinds, out of a folder. */
  readonly leftOut: number;
}

const LEFT_OUT = /(^|\/)(\.git|node_modules|\.terraform|\.venv)(\/|$)/;
export const isLeftOut = (path: string): boolean => LEFT_OUT.test(path);

/** What belongs to the source: out of a folder only what fits, a file that was named by itself always. The one folder around everything is no part of a path. */
export function fitting<F extends Named>(all: readonly F[], fits: RegExp): Fit<F> {
  const below = all.filter(({ path }) => !isLeftOut(path));
  const kept = below.filter(({ path }) => !path.includes('/') || fits.test(path));
  const tops = new Set(below.map(({ path }) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')));
  const [top = ''] = tops;
  const files = tops.size === 1 && top !== '' ? kept.map((file) => ({ ...file, path: file.path.slice(top.length + 1) })) : kept;
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), leftOut: all.length - kept.length };
}
