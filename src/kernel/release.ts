import release from '../../package.json' with { type: 'json' };

/** The version of this Quarterdeck. */
export function readVersion(): string {
  return release.version;
}
