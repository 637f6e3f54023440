import { faultOfSamples, readSamples, type PrometheusConfig } from '../prometheus.ts';
import { authorization } from './http.ts';
import { ProbeFailed, type Run } from './run.ts';

export const prometheus: Run<PrometheusConfig> = async (config, { door, origin, timeoutMs, signal }) => {
  const { status, body, address } = await door.request({
    url: `${config.url.replace(/\/+$/, '')}/api/v1/query`,
    origin,
    method: 'POST',
    timeoutMs,
    signal,
    verify: config.verify,
    keep: 4_194_304,
    headers: { ...authorization(config), 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new URLSearchParams({ query: config.query, timeout: `${config.timeoutSeconds}s` }).toString(),
  });
  const samples = readSamples(parsed(body));
  if (typeof samples === 'string') throw new ProbeFailed(status >= 400 && !body.startsWith('{') ? `status ${status}` : samples);
  const numbers = samples.map(({ value }) => value).filter((value) => Number.isFinite(value));
  const values = { series: samples.length, ...(numbers.length > 0 && { value: numbers[0]!, least: Math.min(...numbers), most: Math.max(...numbers) }) };
  return { words: faultOfSamples(config, samples), ip: address, status, body, values };
};

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
