/** One file for a bucket, as `AWS4-HMAC-SHA256` wants it told: what is hashed and signed is text, made here. */
export interface Put {
  readonly host: string;
  readonly path: string;
  readonly region: string;
  readonly contentHash: string;
  readonly type: string;
  /** 20261121T204600Z */
  readonly stamp: string;
}

export const SIGNED = 'content-type;host;x-amz-content-sha256;x-amz-date';

export function stampOf(now: number): string {
  return `${new Date(now).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')}`;
}

export const scopeOf = ({ stamp, region }: Pick<Put, 'stamp' | 'region'>): string => `${stamp.slice(0, 8)}/${region}/s3/aws4_request`;

/** Each part of a path is written as RFC 3986 has it; slashes stay. */
export function pathOf(parts: readonly string[]): string {
  const encode = (part: string) => encodeURIComponent(part).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .map(encode)
    .join('/')}`;
}

export function canonicalPut({ host, path, contentHash, type, stamp }: Put): string {
  return ['PUT', path, '', `content-type:${type}`, `host:${host}`, `x-amz-content-sha256:${contentHash}`, `x-amz-date:${stamp}`, '', SIGNED, contentHash].join('\n');
}

export const toSign = (put: Put, canonicalHash: string): string => ['AWS4-HMAC-SHA256', put.stamp, scopeOf(put), canonicalHash].join('\n');
