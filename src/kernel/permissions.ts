/** Roles in order; each has all that the one before it has. */
export const ROLES = ['viewer', 'responder', 'lead', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export interface Actor {
  /** Id of the person, token owner or system actor; null for nobody. */
  readonly id: string | null;
  readonly kind: 'person' | 'system' | 'anonymous';
  readonly name: string;
  readonly role: Role | null;
  /** Teams the person is in, and those they lead (they see the team's restricted records). */
  readonly teams: readonly string[];
  readonly leads: readonly string[];
  /** Scopes of an API token: permission names or `capability.*`; null when not restricted. */
  readonly scopes: readonly string[] | null;
  /** How the call came in, as written in the activity log. */
  readonly via: 'web' | 'token' | 'system' | 'link';
  /** Session or token id, for ending streams with it. */
  readonly session?: string;
  /** Where the request came from, for the audit of sign-ins. */
  readonly client?: { readonly address: string; readonly agent: string };
}

export const NOBODY: Actor = {
  id: null,
  kind: 'anonymous',
  name: 'nobody',
  role: null,
  teams: [],
  leads: [],
  scopes: null,
  via: 'web',
};

/** The desk itself: jobs, subscriptions, ingest. Sees and may do everything; its traces name it. */
export const SYSTEM: Actor = {
  id: null,
  kind: 'system',
  name: 'Quarterdeck',
  role: 'admin',
  teams: [],
  leads: [],
  scopes: null,
  via: 'system',
};

export function atLeast(role: Role | null, needed: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Why the actor may not use a permission, as a sentence; undefined when they may. */
export function refusePermission(actor: Actor, can: string, permissions: Readonly<Record<string, Role>>): string | undefined {
  if (can === 'anyone') return undefined;
  if (actor.kind === 'anonymous') return 'Sign in first.';
  if (actor.scopes && can !== 'self' && !actor.scopes.some((scope) => covers(scope, can))) {
    return `This API token does not have the scope ${can}.`;
  }
  if (can === 'self') return undefined;
  const needed = permissions[can];
  if (needed === undefined) return `No role has the permission ${can}.`;
  if (atLeast(actor.role, needed)) return undefined;
  return `This needs the role ${needed}; yours is ${actor.role ?? 'none'}. Ask an administrator of this desk.`;
}

function covers(scope: string, can: string): boolean {
  return scope === '*' || scope === can || (scope.endsWith('.*') && can.startsWith(scope.slice(0, -1)));
}
