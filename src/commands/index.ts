import { Refusal } from '#kernel/client.ts';
import { StartRefused } from '#kernel/postgres/refused.ts';
import { Problem } from '#kernel/problem.ts';
import { readVersion } from '#kernel/release.ts';
import { allContracts } from '#contracts';
import { help } from './help.ts';
import { Usage } from './usage.ts';

type Command = (parameters: readonly string[]) => Promise<void>;

/** Commands that are more than one verb. Loaded only when named, so that each starts fast. */
const commands: Readonly<Record<string, { about: string; load: () => Promise<Command> }>> = {
  start: { about: 'build the pages if needed and run the desk', load: async () => (await import('./start.ts')).start },
  demo: { about: 'run the desk with a sample organisation and a signed-in link', load: async () => (await import('./demo.ts')).demo },
  login: { about: 'remember a desk and an API token for the commands below', load: async () => (await import('./login.ts')).login },
  watch: { about: 'follow what happens, live', load: async () => (await import('./watch.ts')).watch },
  export: { about: 'write the catalog as YAML to the standard output', load: async () => (await import('./catalog.ts')).exportCommand },
  apply: { about: 'plan, show and apply a catalog written as YAML', load: async () => (await import('./catalog.ts')).applyCommand },
  import: { about: 'read files into a source of the catalog: plan, show, apply', load: async () => (await import('./catalog.ts')).importCommand },
  'status export': { about: 'write a status page as files that anything can serve', load: async () => (await import('./status.ts')).statusExport },
  backup: { about: 'write everything into a directory while the desk runs', load: async () => (await import('./backup.ts')).backupCommand },
  restore: { about: 'load a backup into an empty database; the desk then starts held', load: async () => (await import('./backup.ts')).restoreCommand },
  audit: { about: 'audit verify: prove that the activity log is unaltered', load: async () => (await import('./audit.ts')).audit },
  admin: { about: 'beside the database: reset-link, release, migrate', load: async () => (await import('./admin.ts')).admin },
};

/** Runs one command line. 0 done, 1 refused, 2 used wrongly. */
export async function runCommand(parameters: readonly string[]): Promise<number> {
  const [name = '', ...rest] = parameters;
  try {
    if (name === '' || name === 'help' || name === '--help' || name === '-h') process.stdout.write(help(commands));
    else if (name === '--version') process.stdout.write(`${readVersion()}\n`);
    else if (rest[0] !== undefined && commands[`${name} ${rest[0]}`]) await (await commands[`${name} ${rest[0]}`]!.load())(rest.slice(1));
    else if (commands[name] && !isVerbOf(name, rest[0])) await (await commands[name].load())(rest);
    else await (await import('./verb.ts')).runVerb(parameters);
    return 0;
  } catch (error) {
    if (error instanceof Usage) return say(error.message, 2);
    if (error instanceof StartRefused || error instanceof Problem) return say(error.sentence, 1);
    if (error instanceof Refusal) return say([error.problem.sentence, ...error.problem.fields.map((f) => `  ${f.field}: ${f.sentence}`)].join('\n'), 1);
    if (error instanceof TypeError && error.message === 'fetch failed')
      return say('The desk does not answer. Is it running, and is its address right? (qd login shows and changes it.)', 1);
    return say((error as Error).stack ?? String(error), 1);
  }
}

/** `watch` is a command and a capability: `qd watch` follows, `qd watch needs` is a verb. */
function isVerbOf(name: string, word: string | undefined): boolean {
  return word !== undefined && !word.startsWith('-') && allContracts.some((contract) => contract.name === name);
}

function say(sentence: string, code: number): number {
  process.stderr.write(`qd: ${sentence}\n`);
  return code;
}
