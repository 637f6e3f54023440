import * as z from 'zod';
import { at, certificateDays, host, ip, port, timing, verify, type Probe } from './shared.ts';

export const PROTOCOLS = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;

export const tlsConfig = z
  .strictObject({
    kind: z.literal('tls'),
    host,
    port: port.default(443),
    /** The name that the certificate must be made for; empty: the host. */
    serverName: z.string().trim().max(253).default(''),
    /** Certificates of an authority of your own, PEM. */
    authority: z.string().max(20_000).default(''),
    verify,
    /** It fails when a certificate of the chain ends in fewer days. */
    daysLeast: z.number().int().min(0).max(365).default(3),
    certificateDays,
    protocolLeast: z.enum(PROTOCOLS).default('TLSv1.2'),
    ip,
    ...timing,
  })
  .meta({ id: 'TlsProbe' });
export type TlsConfig = z.infer<typeof tlsConfig>;

export interface SeenTls {
  /** Why the certificate is not trusted, empty when it is. */
  readonly distrusted: string;
  readonly protocol: string;
  /** Whole days that the certificate of the server and the first of its chain have left. */
  readonly leafDays: number;
  readonly chainDays: number;
}

/** Why a connection is not good enough, or nothing. */
export function faultOfTls({ verify: verified, daysLeast, protocolLeast }: TlsConfig, { distrusted, protocol, leafDays, chainDays }: SeenTls): string {
  if (verified && distrusted !== '') return distrusted;
  if (leafDays < 0) return `the certificate ended ${-leafDays} days ago`;
  if (leafDays < daysLeast) return `the certificate ends in ${leafDays} days`;
  if (chainDays < daysLeast) return chainDays < 0 ? `a certificate of its chain ended ${-chainDays} days ago` : `a certificate of its chain ends in ${chainDays} days`;
  const [has, least] = [PROTOCOLS.findIndex((each) => each === protocol), PROTOCOLS.indexOf(protocolLeast)];
  return has < least ? `it speaks ${protocol || 'no known protocol'}, ${protocolLeast} is the least` : '';
}

const DISTRUST: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'the certificate has ended',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate comes from an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate comes from an authority that is not known',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate comes from an authority that is not known',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the server does not send the whole chain of its certificate, or its authority is not known',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is made for another name',
};

/** The words for a code by which a certificate is not trusted. */
export function distrustWords(code: string): string {
  return DISTRUST[code] ?? `the certificate cannot be verified: ${code.toLowerCase().replaceAll('_', ' ')}`;
}

export const tls: Probe<TlsConfig> = {
  refuse: ({ authority }) =>
    authority !== '' && !/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/.test(authority)
      ? { field: 'probe.authority', sentence: 'Paste the certificate with its lines BEGIN CERTIFICATE and END CERTIFICATE.' }
      : undefined,
  target: at,
  destination: at,
};
