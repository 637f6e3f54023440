import { createConnection } from 'mysql2/promise';
import { bodyOfRows, type MysqlConfig } from '../databases.ts';
import { limited } from './limited.ts';
import { ProbeFailed, wordsOf, type Run } from './run.ts';
import { open } from './talk.ts';

export const mysql: Run<MysqlConfig> = async (config, around) => {
  const { host, port, user, password, database, query, tls, verify } = config;
  const socket = await open(config, around);
  limited(socket);
  const ip = socket.remoteAddress ?? '';
  try {
    const connection = await createConnection({
      host,
      port,
      user,
      password,
      stream: socket,
      connectTimeout: around.timeoutMs,
      supportBigNumbers: true,
      ...(database !== '' && { database }),
      ...(tls === 'on' && { ssl: { rejectUnauthorized: verify, verifyIdentity: verify } }),
    });
    connection.on('error', () => undefined);
    // For the session: a statement that ends its transaction by itself, like one that makes a table, is refused too.
    await connection.query('set session transaction read only');
    const [answer] = await connection.query(query);
    const rows = Array.isArray(answer) ? answer.map((row): Readonly<Record<string, unknown>> => Object(row)) : [];
    return { words: '', ip, body: bodyOfRows(rows), values: { rows: rows.length } };
  } catch (error) {
    throw new ProbeFailed(wordsOf(error));
  } finally {
    socket.destroy();
  }
};
