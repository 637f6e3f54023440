import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';
import { faultOfTls, type TlsConfig } from '../tls.ts';
import { daysLeft, ProbeFailed, type Run } from './run.ts';
import { distrustOf, open, secured } from './talk.ts';

export const tls: Run<TlsConfig> = async (config, around) => {
  const plain = await open(config, around);
  const name = config.serverName || config.host;
  const socket = await secured(plain, { host: name, verify: false, authority: config.authority });
  const [leaf, ...chain] = endsOf(socket);
  const seen = { distrusted: distrustOf(socket, name), protocol: socket.getProtocol() ?? '' };
  const ip = plain.remoteAddress ?? '';
  socket.destroy();
  if (leaf === undefined) throw new ProbeFailed('the server shows no certificate');
  const [leafDays, chainDays] = [daysLeft(leaf, around.now), daysLeft(Math.min(leaf, ...chain), around.now)];
  return { words: faultOfTls(config, { ...seen, leafDays, chainDays }), ip, certificateEndsAt: leaf, values: { chainDays } };
};

/** When the certificates that the server sends end: its own, then those above it. */
function endsOf(socket: TLSSocket): readonly number[] {
  const ends: number[] = [];
  const seen = new Set<string>();
  for (let one: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true); one?.valid_to && !seen.has(one.fingerprint256); one = one.issuerCertificate) {
    seen.add(one.fingerprint256);
    ends.push(Date.parse(one.valid_to));
  }
  return ends;
}
