import type { Credentials, Desk, Write } from '#kernel/desk.ts';
import type { Actor } from '#kernel/permissions.ts';
import { iso } from '#kernel/clock.ts';
import { cookieName } from '#kernel/http.ts';
import { secret, sha256, uuidv7 } from '#kernel/ids.ts';
import * as store from './store.ts';

const SESSION_DAYS = 14;
const DAY = 86_400_000;
const CACHE_MS = 5000;

interface Cached {
  readonly actor: Actor | null;
  readonly until: number;
}

const caches = new WeakMap<Desk, Map<string, Cached>>();
const seen = new WeakMap<Desk, Map<string, { kind: 'session' | 'token'; at: number }>>();

/** Who the credentials belong to. Kept for five seconds, so ending a session elsewhere takes at most that long. */
export async function authenticate(desk: Desk, credentials: Credentials): Promise<Actor | null> {
  const raw = credentials.bearer ?? credentials.cookie;
  if (!raw || raw.length > 200) return null;
  const cache = mapOf(caches, desk);
  const now = desk.clock.now();
  const key = `${credentials.bearer ? 'b' : 'c'}${raw}`;
  const hit = cache.get(key);
  if (hit && hit.until > now) return hit.actor;
  if (cache.size > 5000) cache.clear();
  const row = await store.actorBy(desk.readDb, sha256(raw), iso(now));
  const fits = row && (credentials.bearer ? row.token !== null : row.session !== null);
  const actor: Actor | null = fits
    ? {
        id: row.id,
        kind: 'person',
        name: row.name,
        role: row.role,
        teams: row.teams,
        leads: row.leads,
        scopes: credentials.bearer ? row.scopes : null,
        via: credentials.bearer ? 'token' : 'web',
        session: row.session ?? row.token ?? '',
      }
    : null;
  cache.set(key, { actor, until: now + CACHE_MS });
  if (actor?.session) mapOf(seen, desk).set(actor.session, { kind: credentials.bearer ? 'token' : 'session', at: now });
  return actor;
}

/** Forgets what is remembered of sign-ins on this node, after anything about them changed. */
export function forget(desk: Desk): void {
  caches.get(desk)?.clear();
}

/** "Last used" is written in batches, outside of requests. */
export async function writeSeen(desk: Desk): Promise<void> {
  const batch = seen.get(desk);
  if (!batch || batch.size === 0) return;
  seen.set(desk, new Map());
  for (const [id, { kind, at }] of batch) {
    if (kind === 'session')
      await store
        .tables(desk.db)
        .updateTable('peopleSession')
        .set({ seenAt: iso(at) })
        .where('id', '=', id)
        .execute();
    else
      await store
        .tables(desk.db)
        .updateTable('peopleToken')
        .set({ usedAt: iso(at) })
        .where('id', '=', id)
        .execute();
  }
}

export interface Client {
  readonly address: string;
  readonly agent: string;
}

/** A new session; the cookie holds the only copy of its token. */
export async function openSession(ctx: Write, personId: string, client: Client): Promise<string> {
  const token = secret(32);
  await store
    .tables(ctx.db)
    .insertInto('peopleSession')
    .values({
      id: uuidv7(ctx.now),
      personId,
      tokenHash: sha256(token),
      createdAt: iso(ctx.now),
      seenAt: iso(ctx.now),
      endsAt: iso(ctx.now + SESSION_DAYS * DAY),
      endedAt: null,
      address: client.address,
      agent: client.agent.slice(0, 300),
    })
    .execute();
  return cookie(ctx.desk, token, SESSION_DAYS * 86_400);
}

export function cookie(desk: Desk, value: string, maxAgeSeconds: number): string {
  const secure = desk.config.publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${cookieName(desk.config.publicUrl)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`;
}

/** A one-time link; returns the address to hand out. Only the hash is stored. */
export async function issueTicket(ctx: Write, what: { purpose: 'setup' | 'invitation' | 'reset' | 'demo'; personId: string | null; days: number }): Promise<string> {
  const token = secret(24);
  await store
    .tables(ctx.db)
    .insertInto('peopleTicket')
    .values({
      id: uuidv7(ctx.now),
      purpose: what.purpose,
      personId: what.personId,
      tokenHash: sha256(token),
      createdAt: iso(ctx.now),
      expiresAt: iso(ctx.now + what.days * DAY),
      usedAt: null,
    })
    .execute();
  return `${ctx.desk.config.publicUrl}/${what.purpose === 'setup' ? 'setup' : 'welcome'}#${token}`;
}

function mapOf<V>(all: WeakMap<Desk, Map<string, V>>, desk: Desk): Map<string, V> {
  const known = all.get(desk);
  if (known) return known;
  const fresh = new Map<string, V>();
  all.set(desk, fresh);
  return fresh;
}
