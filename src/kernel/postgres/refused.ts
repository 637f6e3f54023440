/** The desk does not start. `sentence` says why and what a person can do; nothing was changed. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
  readonly sentence: string;

  constructor(sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? {} : { cause });
    this.sentence = sentence;
  }
}

/** The sentence for a file system error on `path`, or nothing when the error is of another kind. */
export function refusedBySystem(error: unknown, path: string): StartRefused | undefined {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
      return new StartRefused(`No permission to use ${path}: start as the user who owns it, or set QD_DATA_DIR.`, error);
    case 'EROFS':
      return new StartRefused(`${path} is on a read-only file system: set QD_DATA_DIR to a writable directory.`, error);
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartRefused(`No space is left for the database in ${path}: free some and start again.`, error);
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartRefused(`${path} cannot be a directory because a file is in the way: set QD_DATA_DIR.`, error);
    default:
      return undefined;
  }
}

/** The system's error code, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
