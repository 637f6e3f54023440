import * as z from 'zod';
import { at, host, ip, port, shortText, timing, type Probe } from './shared.ts';

export const sshConfig = z
  .strictObject({ kind: z.literal('ssh'), host, port: port.default(22), /** What the greeting must contain, like OpenSSH_9. */ expect: shortText, ip, ...timing })
  .meta({ id: 'SshProbe' });
export type SshConfig = z.infer<typeof sshConfig>;

/** The greeting of an SSH server among the lines it sends first; undefined while it is not there. */
export function readSshGreeting(received: string): string | undefined {
  return received
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace(/\r$/, ''))
    .find((line) => line.startsWith('SSH-'));
}

export function faultOfSsh({ expect }: Pick<SshConfig, 'expect'>, greeting: string): string {
  if (!/^SSH-(2\.0|1\.99)-/.test(greeting)) return 'it speaks an SSH that is too old';
  return greeting.includes(expect) ? '' : `it greets with ${greeting.slice(0, 100)}`;
}

export const ssh: Probe<SshConfig> = { refuse: () => undefined, target: at, destination: at };
