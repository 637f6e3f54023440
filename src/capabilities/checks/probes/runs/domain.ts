import { faultOfDomain, readExpiry, type DomainConfig } from '../domain.ts';
import { daysLeft, ProbeFailed, type Run } from './run.ts';

export const domain: Run<DomainConfig> = async (config, { door, origin, timeoutMs, signal, now }) => {
  const url = `${config.server.replace(/\/+$/, '')}/domain/${new URL(`http://${config.domain}`).hostname}`;
  const { status, body, address } = await door.request({
    url,
    origin,
    timeoutMs,
    signal,
    redirects: 5,
    keep: 524_288,
    headers: { accept: 'application/rdap+json, application/json' },
  });
  if (status === 404) throw new ProbeFailed('the registry does not know this domain, or has no RDAP');
  if (status !== 200) throw new ProbeFailed(`the registry answers status ${status}`);
  const domainEndsAt = readExpiry(body);
  if (domainEndsAt === undefined) throw new ProbeFailed('the registry does not say when the registration ends');
  return { words: faultOfDomain(config, daysLeft(domainEndsAt, now)), ip: address, status, body, domainEndsAt };
};
