import * as z from 'zod';
import { compute, contract, flag, instant, many, mayOf, number, page, pageInput, Ref, title, verb, version } from '#kernel/contract.ts';
import { isZone } from '#kernel/zoned.ts';
import { ROLES } from '#kernel/permissions.ts';

export const role = z.enum(ROLES);
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(200)
  .regex(/^[^\s@]+@[^\s@]+$/, 'Write an e-mail address such as ada@example.com.');
const password = z.string().min(1, 'Choose a password.').max(500);
const zone = z
  .string()
  .max(60)
  .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/, 'Name an IANA time zone such as Europe/Berlin.')
  .refine(isZone, 'Name an IANA time zone such as Europe/Berlin.');
const code = z.string().trim().max(40);

export const Person = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    state: z.enum(['invited', 'active', 'left']),
    jobTitle: z.string(),
    phone: z.string(),
    zone: z.string(),
    secondFactor: z.boolean(),
    version: z.number().int(),
    teams: z.array(Ref.extend({ leads: z.boolean() })),
  })
  .meta({ id: 'Person' });
export type Person = z.infer<typeof Person>;

export const Team = z
  .object({
    id: z.uuid(),
    number: z.string(),
    name: z.string(),
    about: z.string(),
    version: z.number().int(),
    members: z.array(Ref.extend({ leads: z.boolean() })),
  })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof Team>;

export const Session = z
  .object({
    id: z.uuid(),
    createdAt: instant,
    seenAt: instant,
    endsAt: instant,
    address: z.string(),
    agent: z.string(),
    current: z.boolean(),
  })
  .meta({ id: 'Session' });

export const Token = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string(),
    scopes: z.array(z.string()).nullable(),
    createdAt: instant,
    expiresAt: instant.nullable(),
    usedAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'Token' });

export const Me = z
  .object({
    person: Person.nullable(),
    role: role.nullable(),
    setupNeeded: z.boolean(),
    /** Permissions the viewer has, so that pages can say early what is not open to them. */
    permissions: z.array(z.string()),
    organisation: z.string(),
    demo: z.boolean(),
    version: z.string(),
    publicUrl: z.string(),
  })
  .meta({ id: 'Me' });

const signedIn = z.object({ person: Person, setCookie: z.string().optional() });

export const people = contract({
  name: 'people',
  about: 'persons, teams, sign-in, sessions and API tokens',
  permissions: {
    'people.read': 'viewer',
    'people.manage': 'admin',
    'people.manageTeams': 'lead',
  },
  kinds: {
    person: { prefix: 'PER', word: 'person', page: '/people/{number}' },
    team: { prefix: 'TEAM', word: 'team', page: '/teams/{number}' },
  },
  events: {
    'person.invited': 'was invited',
    'person.joined': 'joined the desk',
    'person.changed': 'changed the profile',
    'person.roleChanged': 'changed the role',
    'person.left': 'left the desk',
    'person.returned': 'came back',
    'person.signedIn': 'signed in',
    'person.signedOut': 'signed out',
    'person.signInFailed': 'could not sign in',
    'person.passwordChanged': 'changed the password',
    'person.resetIssued': 'got a link to set a new password',
    'person.secondFactorOn': 'turned the second factor on',
    'person.secondFactorOff': 'turned the second factor off',
    'person.recoveryUsed': 'used a recovery code',
    'person.sessionEnded': 'ended a session',
    'token.created': 'made an API token',
    'token.revoked': 'revoked an API token',
    'team.created': 'made the team',
    'team.changed': 'changed the team',
    'team.memberAdded': 'added a member',
    'team.memberRemoved': 'removed a member',
    'desk.setUp': 'set the desk up',
  },
  verbs: {
    me: verb('GET /me', { can: 'anyone', about: 'say who I am and what I may do', output: Me }),
    setUp: verb('POST /setup', {
      can: 'anyone',
      about: 'make the first administrator with the one-time setup link',
      once: true,
      input: { token: z.string().max(200), organisation: z.string().trim().max(100).default(''), name: title, email, password, zone },
      output: signedIn,
    }),
    signIn: verb('POST /session', {
      can: 'anyone',
      about: 'sign in with e-mail and password, and a code when a second factor is on',
      once: true,
      input: { email, password, code: code.optional() },
      output: z.union([signedIn, z.object({ needsCode: z.literal(true) })]),
    }),
    redeem: verb('POST /session/link', {
      can: 'anyone',
      about: 'accept an invitation or set a new password with a one-time link',
      once: true,
      input: { token: z.string().max(200), name: title.optional(), password, zone: zone.optional() },
      output: signedIn,
    }),
    peekLink: compute('POST /session/link/look', {
      can: 'anyone',
      about: 'see whom a one-time link is for',
      input: { token: z.string().max(200) },
      output: z.object({ purpose: z.enum(['setup', 'invitation', 'reset', 'demo']), name: z.string(), email: z.string() }),
    }),
    signOut: verb('POST /session/end', { can: 'self', about: 'sign out', output: z.object({ setCookie: z.string().optional() }) }),
    sessions: verb('GET /sessions', { can: 'self', about: 'list my sessions', output: z.object({ items: z.array(Session) }) }),
    endSession: verb('POST /sessions/{id}/end', { can: 'self', about: 'end one of my sessions', input: { id: z.uuid() }, output: z.object({ items: z.array(Session) }) }),
    changePassword: verb('POST /me/password', {
      can: 'self',
      about: 'change my password; all other sessions end',
      once: true,
      input: { current: password, password },
      output: z.object({ done: z.literal(true) }),
    }),
    updateMe: verb('POST /me', {
      can: 'self',
      about: 'change my own profile',
      input: { name: title.optional(), jobTitle: z.string().max(100).optional(), phone: z.string().max(40).optional(), zone: zone.optional() },
      output: Person,
    }),
    beginSecondFactor: verb('POST /me/second-factor/begin', {
      can: 'self',
      about: 'begin to turn on a second factor',
      once: true,
      input: { password },
      output: z.object({ uri: z.string(), secret: z.string() }),
      secret: true,
    }),
    confirmSecondFactor: verb('POST /me/second-factor/confirm', {
      can: 'self',
      about: 'turn the second factor on with the first code',
      once: true,
      input: { code },
      output: z.object({ recoveryCodes: z.array(z.string()) }),
      secret: true,
    }),
    removeSecondFactor: verb('POST /me/second-factor/remove', {
      can: 'self',
      about: 'turn the second factor off',
      once: true,
      input: { password, code },
      output: z.object({ done: z.literal(true) }),
    }),
    tokens: verb('GET /tokens', { can: 'self', about: 'list my API tokens', output: z.object({ items: z.array(Token) }) }),
    createToken: verb('POST /tokens', {
      can: 'self',
      about: 'make an API token; it is shown once',
      secret: true,
      input: { name: title, scopes: z.array(z.string().max(80)).max(50).nullable().default(null), expiresInDays: z.coerce.number().int().min(1).max(730).nullable().default(90) },
      output: z.object({ token: z.string(), item: Token }),
    }),
    revokeToken: verb('POST /tokens/{id}/revoke', { can: 'self', about: 'revoke an API token', input: { id: z.uuid() }, output: Token }),
    list: verb('GET /people', {
      can: 'people.read',
      about: 'list people',
      input: {
        ...pageInput,
        q: z.string().max(100).optional(),
        team: number.optional(),
        role: many(role).optional(),
        state: many(z.enum(['invited', 'active', 'left'])).optional(),
      },
      output: page(Person),
    }),
    get: verb('GET /people/{number}', {
      can: 'people.read',
      about: 'look at a person',
      input: { number },
      output: z.object({ person: Person, may: mayOf('update', 'invite', 'leave') }),
    }),
    invite: verb('POST /people', {
      can: 'people.manage',
      about: 'invite a person; the link is shown once and mailed when mail is set up',
      secret: true,
      input: { name: title, email, role: role.default('responder'), team: number.optional(), jobTitle: z.string().max(100).default('') },
      output: z.object({ person: Person, link: z.string() }),
    }),
    update: verb('POST /people/{number}', {
      can: 'people.manage',
      about: 'change a person’s name, role or job title',
      input: { number, version, name: title.optional(), role: role.optional(), jobTitle: z.string().max(100).optional() },
      output: Person,
    }),
    resetLink: verb('POST /people/{number}/reset', {
      can: 'people.manage',
      about: 'make a link with which a person sets a new password',
      secret: true,
      input: { number, dropSecondFactor: flag.default(false) },
      output: z.object({ link: z.string() }),
    }),
    leave: verb('POST /people/{number}/leave', { can: 'people.manage', about: 'end a person’s access; what they did stays', input: { number, version }, output: Person }),
    teams: verb('GET /teams', { can: 'people.read', about: 'list teams', input: { ...pageInput, q: z.string().max(100).optional() }, output: page(Team) }),
    team: verb('GET /teams/{number}', { can: 'people.read', about: 'look at a team', input: { number }, output: z.object({ team: Team, may: mayOf('updateTeam') }) }),
    createTeam: verb('POST /teams', { can: 'people.manageTeams', about: 'make a team', input: { name: title, about: z.string().max(500).default('') }, output: Team }),
    updateTeam: verb('POST /teams/{number}', {
      can: 'people.manageTeams',
      about: 'rename or describe a team',
      input: { number, version, name: title.optional(), about: z.string().max(500).optional() },
      output: Team,
    }),
    addMember: verb('POST /teams/{number}/members', {
      can: 'people.manageTeams',
      about: 'add a person to a team, or make them its lead',
      input: { number, person: number, leads: flag.default(false) },
      output: Team,
    }),
    removeMember: verb('POST /teams/{number}/members/remove', { can: 'people.manageTeams', about: 'remove a person from a team', input: { number, person: number }, output: Team }),
  },
});
