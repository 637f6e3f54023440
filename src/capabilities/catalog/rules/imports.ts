/** A schedule needs something to read; files that people upload come when they come. */
export function refuseImportPath(path: string, everyMinutes: number | null): string | undefined {
  return path === '' && everyMinutes !== null ? 'Without a path there is nothing to read on a schedule: write a path, or read it by hand.' : undefined;
}

const ENDED: Readonly<Record<string, string>> = {
  applying: 'This run is being applied already.',
  applied: 'This run was applied.',
  discarded: 'This run was put away, or a newer plan took its place.',
  refused: 'This run was refused; read the source again.',
};

/** Only a plan that nobody has answered yet can be applied or put away. */
export function refuseRun(state: string): string | undefined {
  return ENDED[state];
}
