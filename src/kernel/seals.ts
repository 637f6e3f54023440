import { appendFileSync } from 'node:fs';
import { sql } from 'kysely';
import { iso } from './clock.ts';
import type { Db } from './database.ts';
import type { Job } from './desk.ts';
import { canonicalJson, sha256 } from './ids.ts';
import { LOG_START, type Position } from './log-reader.ts';
import type { Vault } from './vault.ts';

interface Row extends Position {
  readonly id: string;
  readonly recordId: string | null;
  readonly did: string;
  readonly actorId: string | null;
  readonly via: string;
  readonly at: string;
  readonly causedBy: string | null;
  readonly data: unknown;
  readonly dataHash: Buffer;
}

const SEAL_MOST = 5000;
const GENESIS = Buffer.alloc(32);

async function rowsAfter(db: Db, after: Position, limit: number): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select id, xid, seq, record_id, did, actor_id, via, at, caused_by, data, data_hash from activity
    where (xid, seq) > (${after.xid}, ${after.seq}) and xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    order by xid, seq limit ${limit}`.execute(db);
  return rows;
}

/** A row without its data, which stands in it by its hash: `redact` may empty the data and the seal still holds. */
function rowHash(row: Row): Buffer {
  const { id, recordId, did, actorId, via, at, causedBy, dataHash } = row;
  return sha256(canonicalJson({ id, recordId, did, actorId, via, at, causedBy, data: dataHash.toString('hex') }));
}

function sealText(seal: { number: number; firstId: string; lastId: string; rows: number; rowsHash: Buffer; previous: Buffer }): string {
  return [seal.number, seal.firstId, seal.lastId, seal.rows, seal.rowsHash.toString('hex'), seal.previous.toString('hex')].join(' ');
}

/** Seals what the log has gained, in ranges of at most 5,000 rows, each chained to the one before. */
export async function sealJob({ desk, write }: Job): Promise<void> {
  for (let full = true; full;) {
    full = await write(async ({ db, now }) => {
      await sql`select pg_advisory_xact_lock(4681)`.execute(db);
      const last = await db.selectFrom('activitySeal').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst();
      const rows = await rowsAfter(db, last ? { xid: last.lastXid, seq: last.lastSeq } : LOG_START, SEAL_MOST);
      const [first, end] = [rows[0], rows.at(-1)];
      if (!first || !end) return false;
      const seal = {
        number: (last?.number ?? 0) + 1,
        firstId: first.id,
        lastId: end.id,
        rows: rows.length,
        rowsHash: sha256(Buffer.concat(rows.map(rowHash))),
        previous: last?.signature ?? GENESIS,
      };
      const signature = desk.vault.sign('seal', sealText(seal));
      await db
        .insertInto('activitySeal')
        .values({ ...seal, lastXid: end.xid, lastSeq: end.seq, signature, sealedAt: iso(now) })
        .execute();
      const anchor = { seal: seal.number, rows: seal.rows, until: end.at, signature: signature.toString('hex') };
      desk.log.info(anchor, 'sealed the activity log');
      if (desk.config.sealAnchor) appendFileSync(desk.config.sealAnchor, `${JSON.stringify(anchor)}\n`);
      return rows.length === SEAL_MOST;
    });
  }
}

export interface Verdict {
  readonly sound: boolean;
  readonly sentence: string;
  readonly seals: number;
  readonly sealedRows: number;
  readonly unsealedRows: number;
  /** Opening instant of the first sealed row. */
  readonly since: string | null;
}

/** Recomputes every seal from the rows that are there now. Says no more than it can prove. */
export async function verifySeals(db: Db, vault: Vault): Promise<Verdict> {
  const seals = await db.selectFrom('activitySeal').selectAll().orderBy('number').execute();
  let at: Position = LOG_START;
  let previous: Buffer = GENESIS;
  let sealedRows = 0;
  let since: string | null = null;
  const broken = (number: number, why: string): Verdict => ({
    sound: false,
    seals: seals.length,
    sealedRows,
    unsealedRows: 0,
    since,
    sentence: `The log was altered: seal ${number} ${why}. Entries up to ${at === LOG_START ? 'none' : 'the seal before it'} are sound. Compare with a backup.`,
  });
  for (const [index, seal] of seals.entries()) {
    const rows = await rowsAfter(db, at, seal.rows);
    since ??= rows[0]?.at ?? null;
    if (seal.number !== index + 1) return broken(index + 1, 'is missing');
    if (!previous.equals(seal.previous)) return broken(seal.number, 'does not follow the one before it');
    if (!vault.sign('seal', sealText(seal)).equals(seal.signature)) return broken(seal.number, 'has a wrong signature');
    const [first, last] = [rows[0], rows.at(-1)];
    if (!first || !last || rows.length !== seal.rows || first.id !== seal.firstId || last.id !== seal.lastId)
      return broken(seal.number, 'does not cover the rows it covered when it was made');
    const changed = rows.find((row) => !isRedacted(row.data) && !sha256(canonicalJson(row.data)).equals(row.dataHash));
    if (changed) return broken(seal.number, `holds an entry whose details were changed (${changed.id})`);
    if (!sha256(Buffer.concat(rows.map(rowHash))).equals(seal.rowsHash)) return broken(seal.number, 'does not match its rows');
    at = last;
    previous = seal.signature;
    sealedRows += rows.length;
  }
  const {
    rows: [open],
  } = await sql<{ n: number }>`select count(*) as n from activity where (xid, seq) > (${at.xid}, ${at.seq})`.execute(db);
  const unsealedRows = Number(open?.n ?? 0);
  const newest = seals.at(-1);
  const sentence = newest
    ? `Unaltered since the first seal of ${seals[0]?.sealedAt}; the newest seal is of ${newest.sealedAt}. ${unsealedRows} rows are not sealed yet.`
    : `Nothing is sealed yet; ${unsealedRows} rows wait for the first seal.`;
  return { sound: true, sentence, seals: seals.length, sealedRows, unsealedRows, since };
}

function isRedacted(data: unknown): boolean {
  return data !== null && typeof data === 'object' && 'redacted' in data;
}
