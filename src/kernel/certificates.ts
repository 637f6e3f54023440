import type { DetailedPeerCertificate, TLSSocket } from 'node:tls';

/** A certificate that a server showed. Instants are epoch ms. */
export interface SeenCertificate {
  readonly subject: string;
  readonly issuer: string;
  /** The names it is made for. */
  readonly names: readonly string[];
  readonly startsAt: number;
  readonly endsAt: number;
}

const MOST_NAMES = 50;

/** The chain as the server showed it: its own certificate first; empty without one. */
export function seenCertificates(socket: TLSSocket): readonly SeenCertificate[] {
  const chain: SeenCertificate[] = [];
  const seen = new Set<string>();
  for (let one: DetailedPeerCertificate | undefined = socket.getPeerCertificate(true); one?.valid_to && !seen.has(one.fingerprint256); one = one.issuerCertificate) {
    seen.add(one.fingerprint256);
    chain.push({
      subject: nameOf(one.subject),
      issuer: nameOf(one.issuer),
      names: namesOf(one.subjectaltname),
      startsAt: Date.parse(one.valid_from),
      endsAt: Date.parse(one.valid_to),
    });
  }
  return chain;
}

function namesOf(list: string | undefined): readonly string[] {
  const names = (list ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return names.filter((name) => name !== '').slice(0, MOST_NAMES);
}

/** The common name, else the organisation; a field that was given twice comes as a list. */
function nameOf(fields: Readonly<Record<string, string | readonly string[] | undefined>> | undefined): string {
  const said = fields?.['CN'] ?? fields?.['O'] ?? '';
  return typeof said === 'string' ? said : (said[0] ?? '');
}
