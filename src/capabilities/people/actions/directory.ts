import { iso } from '#kernel/clock.ts';
import { cursorOf, keyOf } from '#kernel/cursor.ts';
import type { Actions, Read, Write } from '#kernel/desk.ts';
import { refusePermission } from '#kernel/permissions.ts';
import { allow, invalidField, missing } from '#kernel/problem.ts';
import { people, type Person, type Team } from '../contract.ts';
import { forget, issueTicket } from '../identity.ts';
import { refuseLosingAdmin } from '../rules.ts';
import * as store from '../store.ts';
import { endSessions } from './sign-in.ts';

type Directory = Pick<
  Actions<typeof people>,
  'list' | 'get' | 'invite' | 'update' | 'resetLink' | 'leave' | 'teams' | 'team' | 'createTeam' | 'updateTeam' | 'addMember' | 'removeMember'
>;

export const directoryActions: Directory = {
  async list({ db, actor }, { limit, cursor, q, team, role, state }) {
    const [title, id] = keyOf(cursor, 2);
    const teamId = team ? (await teamOf({ db, actor }, team)).id : undefined;
    const rows = await store.list(db, actor, { q, teamId, roles: role, states: state, limit: limit + 1, after: title !== undefined && id ? { title, id } : undefined });
    const items = await store.shown(db, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async get(ctx, { number }) {
    const refusal = refusePermission(ctx.actor, 'people.manage', people.permissions) ?? null;
    const person = await personOf(ctx, number);
    return { person, may: { update: refusal, invite: refusal, leave: refusal ?? (person.state === 'left' ? 'This person has left already.' : null) } };
  },

  async invite(ctx, { name, email, role, team, jobTitle }) {
    const { db, actor, now } = ctx;
    if (await store.forSignIn(db, email)) throw invalidField('email', 'Somebody with this e-mail is here already.');
    const { id, number } = await ctx.open({ kind: 'person', title: name, words: email, did: 'person.invited', data: { role } });
    await store
      .tables(db)
      .insertInto('peoplePerson')
      .values({
        id,
        email,
        role,
        state: 'invited',
        zone: 'UTC',
        jobTitle,
        phone: '',
        password: null,
        totpSecret: null,
        totpPending: null,
        totpLastStep: null,
        createdAt: iso(now),
      })
      .execute();
    if (team) {
      const { id: teamId } = await teamOf(ctx, team);
      await store.tables(db).insertInto('peopleMember').values({ teamId, personId: id, leads: false }).execute();
      await ctx.record({ record: teamId, did: 'team.memberAdded', data: { person: number } });
    }
    const link = await issueTicket(ctx, { purpose: 'invitation', personId: id, days: 7 });
    return { person: await personOf({ db, actor }, number), link };
  },

  async update(ctx, { number, version, name, role, jobTitle }) {
    const person = await personOf(ctx, number);
    await ctx.expect(person.id, version);
    if (role && role !== person.role) {
      allow(refuseLosingAdmin({ was: person.role, becomes: role, otherAdmins: (await store.otherAdmins(ctx.db, person.id)).length }));
      await store.tables(ctx.db).updateTable('peoplePerson').set({ role }).where('id', '=', person.id).execute();
      await ctx.record({ record: person.id, did: 'person.roleChanged', data: { from: person.role, to: role } });
      forget(ctx.desk);
    }
    if (name) await ctx.amend(person.id, { title: name });
    if (jobTitle !== undefined) await store.tables(ctx.db).updateTable('peoplePerson').set({ jobTitle }).where('id', '=', person.id).execute();
    if (name || jobTitle !== undefined) await ctx.record({ record: person.id, did: 'person.changed' });
    else if (!role || role === person.role) ctx.unchanged();
    return personOf(ctx, number);
  },

  async resetLink(ctx, { number, dropSecondFactor }) {
    const person = await personOf(ctx, number);
    allow(person.state === 'left' ? 'This person has left. Invite them again.' : undefined);
    if (dropSecondFactor && person.secondFactor) {
      await store.tables(ctx.db).updateTable('peoplePerson').set({ totpSecret: null, totpPending: null, totpLastStep: null }).where('id', '=', person.id).execute();
      await ctx.record({ record: person.id, did: 'person.secondFactorOff' });
    }
    const link = await issueTicket(ctx, { purpose: person.state === 'invited' ? 'invitation' : 'reset', personId: person.id, days: 2 });
    await ctx.record({ record: person.id, did: 'person.resetIssued' });
    return { link };
  },

  async leave(ctx, { number, version }) {
    const person = await personOf(ctx, number);
    await ctx.expect(person.id, version);
    allow(person.state === 'left' ? 'This person has left already.' : undefined);
    allow(refuseLosingAdmin({ was: person.role, becomes: 'left', otherAdmins: (await store.otherAdmins(ctx.db, person.id)).length }));
    await store.tables(ctx.db).updateTable('peoplePerson').set({ state: 'left' }).where('id', '=', person.id).execute();
    await store
      .tables(ctx.db)
      .updateTable('peopleToken')
      .set({ revokedAt: iso(ctx.now) })
      .where('personId', '=', person.id)
      .where('revokedAt', 'is', null)
      .execute();
    await endSessions(ctx, person.id);
    await ctx.amend(person.id, { archivedAt: iso(ctx.now) });
    await ctx.record({ record: person.id, did: 'person.left' });
    return personOf(ctx, number);
  },

  async teams({ db, actor }, { limit, cursor, q }) {
    const [title, id] = keyOf(cursor, 2);
    const rows = await store.teams(db, actor, { q, limit: limit + 1, after: title !== undefined && id ? { title, id } : undefined });
    const items = await store.shownTeams(db, rows.slice(0, limit));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, cursor: last ? cursorOf([last.name, last.id]) : null };
  },

  async team(ctx, { number }) {
    return { team: await teamOf(ctx, number), may: { updateTeam: refusePermission(ctx.actor, 'people.manageTeams', people.permissions) ?? null } };
  },

  async createTeam(ctx, { name, about }) {
    const { id, number } = await ctx.open({ kind: 'team', title: name, words: about, did: 'team.created' });
    await store.tables(ctx.db).insertInto('peopleTeam').values({ id, about }).execute();
    return teamOf(ctx, number);
  },

  async updateTeam(ctx, { number, version, name, about }) {
    const team = await teamOf(ctx, number);
    await ctx.expect(team.id, version);
    if (name) await ctx.amend(team.id, { title: name });
    if (about !== undefined) await store.tables(ctx.db).updateTable('peopleTeam').set({ about }).where('id', '=', team.id).execute();
    await ctx.record({ record: team.id, did: 'team.changed' });
    return teamOf(ctx, number);
  },

  async addMember(ctx, { number, person, leads }) {
    const [team, member] = [await teamOf(ctx, number), await personOf(ctx, person)];
    allow(member.state === 'left' ? `${member.name} has left the desk.` : undefined);
    const known = team.members.find((one) => one.id === member.id);
    if (known?.leads === leads) {
      ctx.unchanged();
      return team;
    }
    await store
      .tables(ctx.db)
      .insertInto('peopleMember')
      .values({ teamId: team.id, personId: member.id, leads })
      .onConflict((c) => c.columns(['teamId', 'personId']).doUpdateSet({ leads }))
      .execute();
    await ctx.record({ record: team.id, did: 'team.memberAdded', data: { person: member.number, leads } });
    forget(ctx.desk);
    return teamOf(ctx, number);
  },

  async removeMember(ctx, { number, person }) {
    const [team, member] = [await teamOf(ctx, number), await personOf(ctx, person)];
    const gone = await store.tables(ctx.db).deleteFrom('peopleMember').where('teamId', '=', team.id).where('personId', '=', member.id).executeTakeFirst();
    if (gone.numDeletedRows === 0n) ctx.unchanged();
    else await ctx.record({ record: team.id, did: 'team.memberRemoved', data: { person: member.number } });
    forget(ctx.desk);
    return teamOf(ctx, number);
  },
};

type Seer = Pick<Read | Write, 'db' | 'actor'>;

async function personOf({ db, actor }: Seer, number: string): Promise<Person> {
  const row = await store.byNumber(db, actor, number);
  const [person] = row ? await store.shown(db, [row]) : [];
  if (!person) throw missing(number);
  return person;
}

async function teamOf({ db, actor }: Seer, number: string): Promise<Team> {
  const row = await store.teamByNumber(db, actor, number);
  const [team] = row ? await store.shownTeams(db, [row]) : [];
  if (!team) throw missing(number);
  return team;
}
