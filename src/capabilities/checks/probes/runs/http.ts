import { faultOf, type HttpConfig } from '../http.ts';
import { familyOf, type Found, type Run } from './run.ts';

const MOST_BODY = 1_048_576;

/** The header by which a probe says who it is. */
export function authorization({ user, password, token }: Pick<HttpConfig, 'user' | 'password' | 'token'>): Readonly<Record<string, string>> {
  if (token !== '') return { authorization: `Bearer ${token}` };
  return user === '' ? {} : { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

export const http: Run<HttpConfig> = async (config, { door, origin, timeoutMs, signal }): Promise<Found> => {
  const { url, method, headers, body, redirects, ip, verify, text, conditions } = config;
  const readsBody = text !== '' || conditions.some((condition) => /\[body\]/i.test(condition));
  const answer = await door.request({
    url,
    origin,
    method,
    timeoutMs,
    redirects,
    verify,
    signal,
    ...familyOf(ip),
    keep: readsBody ? MOST_BODY : 1,
    headers: { ...authorization(config), ...Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value])) },
    ...(body !== '' && { body }),
  });
  return {
    words: faultOf(config, answer),
    ip: answer.address,
    status: answer.status,
    body: answer.body,
    headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])),
    ...(answer.certificates[0] && { certificateEndsAt: answer.certificates[0].endsAt, certificates: answer.certificates }),
  };
};
