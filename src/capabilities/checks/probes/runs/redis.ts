import type { RedisConfig } from '../databases.ts';
import { commandOf, readReply, type ReplyValue } from '../resp.ts';
import { ProbeFailed, type Run } from './run.ts';
import { asText, open, secured, talkOver } from './talk.ts';

export const redis: Run<RedisConfig> = async (config, around) => {
  const plain = await open(config, around);
  const ip = plain.remoteAddress ?? '';
  const talk = talkOver(config.tls === 'on' ? await secured(plain, config) : plain);
  async function ask(words: readonly string[]): Promise<ReplyValue> {
    talk.say(commandOf(words));
    const reply = await talk.hear((received) => readReply(received));
    if ('refused' in reply) throw new ProbeFailed(asText(reply.refused).slice(0, 200));
    return reply.value;
  }
  try {
    const { user, password, database, command } = config;
    if (password !== '') await ask(user === '' ? ['AUTH', password] : ['AUTH', user, password]);
    if (database !== 0) await ask(['SELECT', String(database)]);
    const value = await ask(command === '' ? ['PING'] : command.split(/\s+/));
    return {
      words: '',
      ip,
      body: value === null ? '' : asText(typeof value === 'object' ? JSON.stringify(value) : String(value)),
      values: typeof value === 'number' ? { value } : {},
    };
  } finally {
    talk.end();
  }
};
