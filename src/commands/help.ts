import { allContracts } from '#contracts';

/** The first page of help: commands, then every capability with its verbs. */
export function help(commands: Readonly<Record<string, { about: string }>>): string {
  const lines = Object.entries(commands).map(([name, { about }]) => `  qd ${name.padEnd(10)} ${about}`);
  const capabilities = allContracts.map((c) => `  qd ${c.name.padEnd(10)} ${Object.keys(c.verbs).map(kebab).join(' · ')}`);
  return `Quarterdeck\n\n${lines.join('\n')}\n\nEvery verb of the desk (qd CAPABILITY VERB --help says more; add --json for scripts):\n${capabilities.join('\n')}\n\n  qd oncall now · qd alerts ack ALR-7 · qd incidents declare --title "…" --severity SEV2\n`;
}

export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
}
