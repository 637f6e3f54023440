import { seenCertificates } from '#kernel/certificates.ts';
import { faultOfTls, type TlsConfig } from '../tls.ts';
import { daysLeft, ProbeFailed, type Run } from './run.ts';
import { distrustOf, open, secured } from './talk.ts';

export const tls: Run<TlsConfig> = async (config, around) => {
  const plain = await open(config, around);
  const name = config.serverName || config.host;
  const socket = await secured(plain, { host: name, verify: false, authority: config.authority });
  const certificates = seenCertificates(socket);
  const [leaf, ...chain] = certificates.map(({ endsAt }) => endsAt);
  const seen = { distrusted: distrustOf(socket, name), protocol: socket.getProtocol() ?? '' };
  const ip = plain.remoteAddress ?? '';
  socket.destroy();
  if (leaf === undefined) throw new ProbeFailed('the server shows no certificate');
  const [leafDays, chainDays] = [daysLeft(leaf, around.now), daysLeft(Math.min(leaf, ...chain), around.now)];
  return { words: faultOfTls(config, { ...seen, leafDays, chainDays }), ip, certificateEndsAt: leaf, certificates, values: { chainDays } };
};
