import { faultOfSsh, readSshGreeting, type SshConfig } from '../ssh.ts';
import { ProbeFailed, type Run } from './run.ts';
import { open, talkOver } from './talk.ts';

const MOST_BEFORE = 8192;

export const ssh: Run<SshConfig> = async (config, around) => {
  const socket = await open(config, around);
  const ip = socket.remoteAddress ?? '';
  const talk = talkOver(socket);
  try {
    const body = await talk.hear((received) => {
      if (received.length > MOST_BEFORE) throw new ProbeFailed('it does not greet as an SSH server');
      return readSshGreeting(received);
    });
    return { words: faultOfSsh(config, body), ip, body };
  } finally {
    talk.end();
  }
};
