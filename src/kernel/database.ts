import type { Writable } from 'node:stream';
import * as pg from 'pg';
import { CamelCasePlugin, Kysely, PostgresDialect, Transaction, sql, type DatabaseConnection, type Generated, type KyselyProps, type RawBuilder } from 'kysely';

export interface RecordRow {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly title: string;
  readonly words: Generated<string>;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly version: Generated<number>;
  readonly visibility: Generated<'everyone' | 'restricted'>;
  readonly openedAt: string;
  readonly changedAt: string;
  readonly archivedAt: string | null;
  readonly search: Generated<string>;
}

export interface ActivityRow {
  readonly id: string;
  readonly seq: Generated<number>;
  readonly xid: Generated<number>;
  readonly recordId: string | null;
  readonly did: string;
  readonly actorId: string | null;
  readonly via: string;
  readonly at: string;
  readonly causedBy: string | null;
  readonly data: Json;
  readonly dataHash: Buffer;
}

/** What `jsonb` gives back; written through `jsonb()`. */
// oxlint-disable-next-line typescript/no-explicit-any -- a JSON column is read by the shape its owner knows
export type Json = any;

export interface KernelTables {
  record: RecordRow;
  recordReader: { recordId: string; readerId: string };
  link: { id: string; fromId: string; toId: string; relation: string; actorId: string | null; at: string };
  comment: { id: string; recordId: string; authorId: string | null; body: string; at: string; editedAt: string | null };
  commentRevision: { commentId: string; revision: number; body: string; at: string };
  attachment: {
    id: string;
    recordId: string;
    name: string;
    mediaType: string;
    size: number;
    sha256: Buffer;
    body: Buffer;
    actorId: string | null;
    at: string;
  };
  activity: ActivityRow;
  activitySeal: {
    number: number;
    firstId: string;
    lastId: string;
    lastXid: number;
    lastSeq: number;
    rows: number;
    rowsHash: Buffer;
    previous: Buffer;
    signature: Buffer;
    sealedAt: string;
  };
  logCursor: { name: string; xid: number; seq: number };
  logStuck: { activityId: string; subscriber: string; error: string; attempts: number; at: string };
  idempotency: {
    actor: string;
    verb: string;
    key: string;
    bodyHash: Buffer;
    status: number;
    answer: Json;
    at: string;
  };
  setting: { name: string; value: Json; changedAt: string };
  workerPool: { poolId: string; backend: number; startedAt: string };
}

export type Db = Kysely<KernelTables>;
export type Tx = Transaction<KernelTables>;

/** A value for a `jsonb` column: arrays must be stringified, or the driver writes a PostgreSQL array. */
export function jsonb<T>(value: T): RawBuilder<T> {
  return sql<T>`${JSON.stringify(value)}::jsonb`;
}

const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === 20) return Number;
    if (oid === 1184) return instantOf;
    return pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

/** timestamptz text of a connection in UTC → RFC 3339 with milliseconds. */
function instantOf(raw: string): string {
  const end = raw.endsWith('+00') ? raw.length - 3 : -1;
  if (end < 0) return new Date(raw).toISOString();
  const [head, fraction = ''] = raw.slice(0, end).split('.');
  return `${head?.replace(' ', 'T')}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}

const PREPARED_MOST = 400;

/**
 * Names each distinct statement so that the server keeps its plan; the number of names is bounded. Holds `begin` back
 * and sends it together with the first statement of its transaction: one round trip less per write.
 */
class PreparingClient extends pg.Client {
  #names = new Map<string, string>();
  #begin = false;
  #corked = false;

  // oxlint-disable-next-line typescript/no-explicit-any -- narrows one of pg's many overloads
  override query(...args: any[]): any {
    const [text, , callback] = args;
    if (text === 'begin' && callback === undefined) {
      this.#begin = true;
      return Promise.resolve({ command: 'BEGIN', rowCount: null, rows: [] });
    }
    if (!this.#begin) return this.#send(args);
    this.#begin = false;
    if (text === 'commit' || text === 'rollback') return Promise.resolve({ command: text.toUpperCase(), rowCount: null, rows: [] });
    this.#together();
    // What makes `begin` fail makes the statement behind it fail too, and that one is waited for.
    super.query('begin').catch(() => undefined);
    return this.#send(args);
  }

  /** What is sent in one turn of the loop leaves in one packet. */
  #together(): void {
    if (this.#corked) return;
    const { stream } = (this as unknown as { connection: { stream: Writable } }).connection;
    this.#corked = true;
    stream.cork();
    process.nextTick(() => {
      this.#corked = false;
      stream.uncork();
    });
  }

  #send(args: unknown[]): unknown {
    this.#together();
    const [text, values, ...rest] = args;
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) {
      return (super.query as (...all: unknown[]) => unknown).apply(this, args);
    }
    let name = this.#names.get(text);
    if (name === undefined && this.#names.size < PREPARED_MOST) {
      name = `q${this.#names.size}`;
      this.#names.set(text, name);
    }
    const config = name === undefined ? { text, values } : { name, text, values };
    return (super.query as (...all: unknown[]) => unknown).call(this, config, ...rest);
  }
}

export interface PoolOptions {
  readonly url: string;
  readonly max: number;
  readonly readOnly: 'read only' | 'read and write';
  readonly name: string;
  readonly onError: (error: Error) => void;
}

export function openPool(options: PoolOptions): pg.Pool {
  const settings = ['-c timezone=UTC', '-c statement_timeout=60000'];
  if (options.readOnly === 'read only') settings.push('-c default_transaction_read_only=on');
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5_000,
    application_name: options.name,
    options: settings.join(' '),
    types,
    pipeline: true,

    Client: PreparingClient as unknown as typeof pg.Client,
  } as pg.PoolConfig);
  pool.on('error', options.onError);
  pool.on('connect', (client) => {
    client.on('error', options.onError);
  });
  return pool;
}

export function kyselyOver(pool: pg.Pool): Db {
  return new Kysely<KernelTables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
}

/**
 * One transaction whose statements may be on their way together: a statement is sent when it is executed, not when
 * the one before it has been answered. They run in the order in which they were executed.
 */
export async function inTransaction<T>(pool: pg.Pool, db: Db, run: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await run(transactionOver(client, db));
    // An aborted transaction answers `commit` with ROLLBACK and no error.
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('a transaction opens no connection')) });
/** What the query builder asks for beside its executor; a transaction that is open already never uses it. */
const dormant: Omit<KyselyProps, 'executor'> = { config: { dialect }, dialect, driver: dialect.createDriver() };

function transactionOver(client: pg.PoolClient, db: Db): Tx {
  const connection: DatabaseConnection = {
    async executeQuery({ sql: text, parameters }) {
      const { rows, rowCount, command } = await client.query(text, parameters as unknown[]);
      return { rows, ...(command === 'SELECT' ? {} : { numAffectedRows: BigInt(rowCount ?? 0) }) };
    },
    streamQuery: () => {
      throw new Error('a transaction of the desk does not stream');
    },
  };
  const executor = db.getExecutor().withConnectionProvider({ provideConnection: (use) => use(connection) });
  return new Transaction<KernelTables>({ ...dormant, executor });
}

/** True for errors that say the database is away, full or going down: the caller is told to try again. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as Error & { code?: string }).code ?? '';
  return (
    /^(08|53|57P|58)/.test(code) ||
    /ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/.test(error.message)
  );
}

/** True for a deadlock or a serialisation failure: the same transaction may be tried again. */
export function isLostRace(error: unknown): boolean {
  return ['40P01', '40001'].includes(codeOf(error));
}

/** True when two calls made the same thing at one moment and this one came second. */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === '23505';
}

/** True when the database refused a value as such: a NUL in a text, a number or a date out of its range. */
export function isBadValue(error: unknown): boolean {
  return codeOf(error).startsWith('22');
}

function codeOf(error: unknown): string {
  const code = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}
