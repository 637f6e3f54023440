import { RE2JS } from 're2js';
import { unescaped, type TcpConfig } from '../tcp.ts';
import { ProbeFailed, type Run } from './run.ts';
import { asText, open, talkOver } from './talk.ts';

export const tcp: Run<TcpConfig> = async (config, around) => {
  const { send, expect, match } = config;
  const found = match === 'pattern' ? patternOf(expect) : (text: string) => text.includes(unescaped(expect));
  const socket = await open(config, around);
  const ip = socket.remoteAddress ?? '';
  const talk = talkOver(socket);
  try {
    if (send !== '') talk.say(unescaped(send));
    if (expect === '') return { words: '', ip };
    let other = '';
    const body = await talk
      .hear((received) => {
        const text = asText(received);
        if (found(text)) return text;
        if (text !== '') around.heard((other = `the answer is ${JSON.stringify(text.slice(0, 100))}`));
        return undefined;
      })
      .catch((error: unknown) => {
        throw other === '' ? error : new ProbeFailed(other);
      });
    return { words: '', ip, body };
  } finally {
    talk.end();
  }
};

/** A pattern that takes time in proportion to the text, whatever it says. */
function patternOf(pattern: string): (text: string) => boolean {
  try {
    const read = RE2JS.compile(pattern);
    return (text) => read.matcher(text).find();
  } catch {
    throw new ProbeFailed(`“${pattern}” is not a pattern`);
  }
}
