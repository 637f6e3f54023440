import { Socket } from 'node:net';
import * as pg from 'pg';
import { bodyOfRows, type PostgresqlConfig } from '../databases.ts';
import { isAddress } from '../shared.ts';
import { limited } from './limited.ts';
import { familyOf, ProbeFailed, wordsOf, type Run } from './run.ts';
import { endWith } from './talk.ts';

export const postgresql: Run<PostgresqlConfig> = async (config, { door, origin, timeoutMs, signal }) => {
  const { host, port, user, password, database, query, tls, verify, ip: version } = config;
  const ip = await door.resolve(host, origin, { timeoutMs, ...familyOf(version) });
  const socket = new Socket();
  endWith(signal, socket);
  limited(socket);
  const client = new pg.Client({
    host: ip,
    port,
    user,
    password,
    database: database || user,
    stream: () => socket,
    application_name: 'quarterdeck',
    ssl: tls === 'off' ? false : { rejectUnauthorized: verify, host, ...(isAddress(host) ? {} : { servername: host }) },
  });
  // A connection that ends after its answer is no failure; one that ends before rejects the call under way.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin read only');
    const { rows } = await client.query<Readonly<Record<string, unknown>>>({ text: query, queryMode: 'extended' } as pg.QueryConfig);
    return { words: '', ip, body: bodyOfRows(rows), values: { rows: rows.length } };
  } catch (error) {
    throw new ProbeFailed(wordsOf(error));
  } finally {
    socket.destroy();
  }
};
