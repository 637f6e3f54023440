import { Client, ResultCodeError } from 'ldapts';
import type { LdapConfig } from '../databases.ts';
import { isAddress } from '../shared.ts';
import { limited } from './limited.ts';
import { ProbeFailed, wordsOf, type Run } from './run.ts';
import { certificateEnd, open, secured } from './talk.ts';

export const ldap: Run<LdapConfig> = async (config, around) => {
  const { host, security, verify, user, password, base, filter, entriesLeast } = config;
  const socket = await open(config, around);
  limited(socket);
  const ip = socket.remoteAddress ?? '';
  const over = security === 'tls' ? await secured(socket, config) : undefined;
  const client = new Client({ url: 'ldap://checked', createConnection: () => over ?? socket, timeout: around.timeoutMs, connectTimeout: around.timeoutMs, strictDN: false });
  try {
    if (security === 'starttls') await client.startTLS({ rejectUnauthorized: verify, host, ...(isAddress(host) ? {} : { servername: host }) });
    if (user !== '') await client.bind(user, password);
    if (base === '') {
      // Without a search the bind is the answer; nobody's bind is one too.
      if (user === '') await client.bind('', '');
      return { words: '', ip, ...(over && certificateEnd(over)) };
    }
    const { searchEntries } = await client.search(base, { scope: 'sub', filter, sizeLimit: Math.max(entriesLeast, 10), attributes: ['dn'] });
    const entries = searchEntries.length;
    const words = entries >= entriesLeast ? '' : `${entries === 1 ? '1 entry is' : `${entries} entries are`} found, ${entriesLeast} are needed`;
    return { words, ip, values: { entries }, ...(over && certificateEnd(over)) };
  } catch (error) {
    throw new ProbeFailed(error instanceof ResultCodeError ? resultWords(error) : wordsOf(error));
  } finally {
    socket.destroy();
  }
};

/** The directory's own refusal: "invalid credentials (code 49)", with its message where it gives one. */
function resultWords({ name, code, message }: ResultCodeError): string {
  const said = message.replace(/\s*Code: 0x[\da-f]+$/i, '').trim();
  const words = name
    .replace(/Error$/, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  return `${words} (code ${code})${said === '' ? '' : `: ${said.slice(0, 200)}`}`;
}
