import { Resolver } from 'node:dns/promises';
import { dnsCodeOf, faultOfAnswers, type DnsConfig } from '../dns.ts';
import { isAddress } from '../shared.ts';
import type { Run } from './run.ts';

export const dns: Run<DnsConfig> = async (config, { door, origin, timeoutMs, signal }) => {
  const { name, record, resolver: server, port } = config;
  const resolver = new Resolver({ timeout: timeoutMs, tries: 1 });
  const ip = server === '' ? undefined : await door.resolve(server, origin, { timeoutMs });
  if (ip !== undefined) resolver.setServers([ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`]);
  signal.addEventListener('abort', () => resolver.cancel(), { once: true });
  // An address that is none is refused at once, not by the promise: asked inside of one, both are read alike.
  const ask = async (): Promise<unknown> => (record === 'PTR' && isAddress(name) ? resolver.reverse(name) : resolver.resolve(name, record));
  const answered = await ask().then(
    (answers) => ({ answers: textsOf(answers) }),
    (error: NodeJS.ErrnoException) => ({ code: error.code ?? error.message }),
  );
  const from = ip === undefined ? {} : { ip };
  if ('code' in answered) {
    const { code, words } = dnsCodeOf(answered.code);
    // Who asks for the code in a condition wants to decide about it.
    const decides = code !== '' && config.conditions.some((condition) => /\[dns_rcode\]/i.test(condition));
    return { ...from, words: decides ? '' : words, ...(code !== '' && { dnsCode: code }) };
  }
  const { answers } = answered;
  return {
    ...from,
    words: faultOfAnswers(config, answers),
    dnsCode: 'NOERROR',
    body: answers.length === 1 ? answers[0]! : JSON.stringify(answers),
    values: { answers: answers.length },
  };
};

/** Answers as people write them: `10 mail.example.com`, the parts of a text joined. */
function textsOf(answers: unknown): readonly string[] {
  if (!Array.isArray(answers)) return [textOf(answers)];
  return answers.map((one: unknown) => (Array.isArray(one) ? one.join('') : textOf(one)));
}

function textOf(answer: unknown): string {
  return typeof answer === 'object' && answer !== null ? Object.values(answer).join(' ') : String(answer);
}
