import type { Pool } from 'pg';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Contract, Parsed, Verb } from './contract.ts';
import type { Db, RecordRow } from './database.ts';
import type { Actor } from './permissions.ts';
import type { Metrics } from './metrics.ts';
import type { Outgoing } from './outgoing.ts';
import type { Vault } from './vault.ts';

/** Everything one running desk has. Built by `openDesk`, handed to actions inside their context. */
export interface Desk {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly pool: Pool;
  readonly readPool: Pool;
  readonly db: Db;
  readonly readDb: Db;
  readonly modules: readonly Module[];
  readonly metrics: Metrics;
  readonly outgoing: Outgoing;
  readonly vault: Vault;
  /** Connection of the owner of the schema; undefined on a node that has only the application's role. */
  readonly adminUrl: string | undefined;
  /** Called after each commit that left a trace. */
  committed(): void;
  /** Turns credentials into an actor; null when they are wrong or have ended. */
  authenticate(credentials: Credentials): Promise<Actor | null>;
  /** Facts of this installation, known only at run time (setup token, held after a restore). */
  readonly state: DeskState;
}

export interface DeskState {
  /** Nothing leaves the desk until an administrator releases it (after a restore). */
  held: boolean;
  stopping: boolean;
  /** True when the log is protected by privilege: two database roles. */
  logProtected: boolean;
  /** Instants for /readyz. */
  /** Printed at the start while nobody can sign in. */
  setupLink?: string;
  workerSeenAt: number | null;
  readerSeenAt: number | null;
  /** What a part of the desk found wrong with itself, in sentences; warnings on /readyz. */
  troubles: readonly string[];
}

export interface Credentials {
  readonly bearer?: string;
  readonly cookie?: string;
}

/** What a read may use. `db` is read-only here; PostgreSQL refuses a write. */
export interface Read {
  readonly desk: Desk;
  readonly db: Db;
  readonly actor: Actor;
  /** Epoch milliseconds of this call; the only clock an action knows. */
  readonly now: number;
}

/** What a write may use: one transaction, one log. */
export interface Write extends Read {
  /** Makes a record with the next number of its kind, and its first entry in the log. */
  open(entry: Opening): Promise<Opened>;
  /** The same for many of one kind, in as many statements as for one; they are numbered in the order given. */
  openMany(kind: string, entries: readonly Omit<Opening, 'kind'>[]): Promise<readonly Opened[]>;
  /** Writes an entry into the activity log and raises the record's version. */
  record(entry: Trace): Promise<string>;
  /** The same for many entries, in as many statements as for one. */
  recordMany(entries: readonly Trace[]): Promise<void>;
  /** Refuses (409) when the stored version is not the one the caller saw; locks the record until the commit. */
  expect(id: string, version: number | undefined): Promise<void>;
  /** Changes the record's own columns; `record()` must follow. */
  amend(id: string, patch: Amendment): Promise<void>;
  link(from: string, relation: string, to: string): Promise<void>;
  /** A job in this transaction. A key replaces the pending job of the same key; `runAt` in epoch ms. */
  enqueue(task: string, payload: Readonly<Record<string, unknown>>, options?: EnqueueOptions): Promise<void>;
  cancel(key: string): Promise<void>;
  /** Says that this call found everything as wanted already: no trace, no version. */
  unchanged(): void;
  /** The same transaction for another actor: reactions of the desk itself, an acknowledge link. */
  as(actor: Actor): Write;
}

export interface Opening {
  readonly id?: string;
  readonly kind: string;
  readonly title: string;
  readonly words?: string;
  readonly ownerId?: string | null;
  readonly teamId?: string | null;
  readonly restricted?: true;
  readonly did: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly causedBy?: string | null;
}

export interface Opened {
  readonly id: string;
  readonly number: string;
  readonly activityId: string;
}

export interface Trace {
  /** Id of the record; null for what belongs to none (sign-in, settings). */
  readonly record: string | null;
  readonly did: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly causedBy?: string | null;
  /** Who did it when that is not the caller: the bearer of a link. */
  readonly actorId?: string | null;
}

export type Amendment = Partial<Pick<RecordRow, 'title' | 'ownerId' | 'teamId' | 'archivedAt'>> & { words?: string };

export interface EnqueueOptions {
  readonly key?: string;
  readonly runAt?: number;
  /** Jobs of one queue run one after another. */
  readonly queue?: string;
  /** Attempts before the job is given up and shown as failed; default 8. */
  readonly attempts?: number;
}

/** One entry of the log as subscribers and live streams get it. */
export interface LogEntry {
  readonly id: string;
  readonly seq: number;
  readonly xid: number;
  readonly recordId: string | null;
  readonly did: string;
  readonly actorId: string | null;
  readonly via: string;
  readonly at: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- the event's owner knows its shape
  readonly data: any;
}

export interface Job {
  readonly desk: Desk;
  readonly now: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- the task's owner knows its shape
  readonly payload: any;
  /** Runs in one transaction as the desk. */
  write<T>(run: (ctx: Write) => Promise<T>): Promise<T>;
  read<T>(run: (ctx: Read) => Promise<T>): Promise<T>;
}

export interface Jobs {
  /** Reactions to events of the log: run once per event, in the log's order, in one transaction each. */
  readonly on?: Readonly<Record<string, (ctx: Write, entry: LogEntry) => Promise<void>>>;
  /** What `enqueue` may name. */
  readonly tasks?: Readonly<Record<string, (job: Job) => Promise<void>>>;
  /** Task → cron expression in UTC. */
  readonly every?: Readonly<Record<string, string>>;
}

type Action<V extends Verb> = (ctx: V extends { readonly reads: true } ? Read : Write, input: Parsed<V>) => Promise<V['output']['_zod']['input']>;

/** One function per verb of the contract. */
export type Actions<C extends Contract> = { readonly [K in keyof C['verbs']]: Action<C['verbs'][K]> };

/** What a capability's `index.ts` exports as default. */
export interface Module {
  readonly contract: Contract;
  // oxlint-disable-next-line typescript/no-explicit-any -- erased here, exact in `module()`
  readonly actions: Readonly<Record<string, (ctx: any, input: any) => Promise<any>>>;
  readonly jobs?: Jobs;
  /** Ordinary routes beside the contract: ingest, links, streams, uploads. */
  readonly routes?: (app: FastifyInstance, desk: Desk) => void;
  readonly authenticate?: (desk: Desk, credentials: Credentials) => Promise<Actor | null>;
  /** Waits for what this node has accepted but not worked off yet: at a stop, and in tests. */
  readonly settle?: (desk: Desk) => Promise<void>;
  /** Runs on every node once it can serve, before the worker takes jobs; returns what stops it. */
  readonly start?: (desk: Desk) => Promise<() => Promise<void>>;
}

interface ModuleSpec<C extends Contract> extends Omit<Module, 'contract' | 'actions'> {
  readonly contract: C;
  readonly actions: Actions<C>;
}

export function module<C extends Contract>(spec: ModuleSpec<C>): Module {
  return spec as unknown as Module;
}
