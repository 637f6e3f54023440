import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { clientOf } from '#kernel/client.ts';
import { openTestDesk, refusalOf, type TestDesk } from '#testing/desk.ts';
import { people } from './contract.ts';
import { codeOf, stepOf } from './totp.ts';

describe('people and sign-in', () => {
  let desk: TestDesk;
  before(async () => {
    desk = await openTestDesk();
  });
  after(() => desk.close());

  const browser = () => {
    let cookie = '';
    const send: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      const set = answer.headers.get('set-cookie');
      if (set) cookie = set.split(';')[0] ?? '';
      return answer;
    };
    return clientOf(people, { baseUrl: desk.url, fetch: (input, init) => send(input, { ...init, headers: { ...(init?.headers as Record<string, string>), cookie } }) });
  };

  it('is set up once, with the link that the start printed', async () => {
    const token = desk.desk.state.setupLink?.split('#')[1] ?? '';
    const me = browser();
    const weak = await refusalOf(me.setUp({ token, name: 'Ada', email: 'ada@example.com', password: 'password1234', zone: 'Europe/Berlin' }));
    assert.equal(weak.fields[0]?.field, 'password');
    await me.setUp({ token, organisation: 'Harbour Ltd', name: 'Ada', email: 'ada@example.com', password: 'correct lamp vessel tram', zone: 'Europe/Berlin' });
    const who = await me.me({});
    assert.equal(who.person?.name, 'Ada');
    assert.equal(who.role, 'admin');
    assert.equal(who.organisation, 'Harbour Ltd');
    assert.equal((await refusalOf(browser().setUp({ token, name: 'Eve', email: 'eve@example.com', password: 'correct lamp vessel tram', zone: 'UTC' }))).kind, 'refused');
  });

  it('lets in with the right password only, and writes every attempt into the log', async () => {
    assert.equal((await refusalOf(browser().signIn({ email: 'ada@example.com', password: 'wrong' }))).kind, 'unauthenticated');
    assert.equal((await refusalOf(browser().signIn({ email: 'nobody@example.com', password: 'wrong' }))).sentence, 'E-mail or password is wrong.');
    const me = browser();
    await me.signIn({ email: 'ADA@example.com', password: 'correct lamp vessel tram' });
    assert.equal((await me.sessions({})).items.length, 2);
    const log = await desk.records.activity({ did: ['person.signInFailed', 'person.signedIn'] });
    assert.equal(log.items.filter((entry) => entry.did === 'person.signInFailed').length, 2);
  });

  it('ends a session at once', async () => {
    const [first, second] = [browser(), browser()];
    await first.signIn({ email: 'ada@example.com', password: 'correct lamp vessel tram' });
    await second.signIn({ email: 'ada@example.com', password: 'correct lamp vessel tram' });
    const other = (await second.sessions({})).items.find((session) => session.current);
    await first.endSession({ id: other?.id ?? '' });
    assert.equal((await second.me({})).person, null);
    await first.signOut({});
    assert.equal((await first.me({})).person, null);
  });

  it('asks for a second factor that cannot be used twice, and takes a recovery code once', async () => {
    const me = browser();
    await me.signIn({ email: 'ada@example.com', password: 'correct lamp vessel tram' });
    const { secret } = await me.beginSecondFactor({ password: 'correct lamp vessel tram' });
    const code = () => codeOf(secret, stepOf(desk.now()));
    const { recoveryCodes } = await me.confirmSecondFactor({ code: code() });
    assert.equal(recoveryCodes.length, 10);
    assert.deepEqual(await browser().signIn({ email: 'ada@example.com', password: 'correct lamp vessel tram' }), { needsCode: true });
    assert.equal(
      (await refusalOf(browser().signIn({ email: 'ada@example.com', password: 'correct lamp vessel tram', code: code() }))).kind,
      'unauthenticated',
      'the code of the confirmation',
    );
    await desk.advance({ seconds: 60 });
    await browser().signIn({ email: 'ada@example.com', password: 'correct lamp vessel tram', code: code() });
    const spare = recoveryCodes[0] ?? '';
    await browser().signIn({ email: 'ada@example.com', password: 'correct lamp vessel tram', code: spare });
    await desk.advance({ minutes: 10 });
    assert.equal((await refusalOf(browser().signIn({ email: 'ada@example.com', password: 'correct lamp vessel tram', code: spare }))).kind, 'unauthenticated');
  });

  it('slows down whoever guesses', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => refusalOf(browser().signIn({ email: 'guess@example.com', password: 'x' }))));
    assert.ok(answers.some((problem) => problem.kind === 'limited'));
  });

  it('invites, gives roles, and never loses the last administrator', async () => {
    const bo = await desk.person('Bo Berg', 'responder');
    assert.equal((await refusalOf(bo.people.invite({ name: 'X', email: 'x@example.com' }))).kind, 'forbidden');
    const team = await desk.people.createTeam({ name: 'Platform' });
    await desk.people.addMember({ number: team.number, person: bo.number, leads: true });
    assert.equal((await bo.people.get({ number: bo.number })).person.teams[0]?.title, 'Platform');
    const { person } = await desk.people.get({ number: bo.number });
    assert.equal((await refusalOf(desk.people.update({ number: bo.number, version: person.version + 7, role: 'lead' }))).version, person.version);
    await desk.people.leave({ number: bo.number, version: person.version });
    assert.equal((await refusalOf(bo.people.me({}))).kind, 'unauthenticated');
  });

  it('makes tokens with scopes that open nothing else', async () => {
    const cy = await desk.person('Cy Dahl', 'lead');
    const { token } = await cy.people.createToken({ name: 'reader', scopes: ['people.read'] });
    const scoped = desk.as(token);
    assert.ok((await scoped.people.list({})).items.length > 0);
    assert.equal((await refusalOf(scoped.people.createTeam({ name: 'No' }))).kind, 'forbidden');
    const item = (await cy.people.tokens({})).items.find((one) => one.name === 'reader');
    await cy.people.revokeToken({ id: item?.id ?? '' });
    assert.equal((await refusalOf(scoped.people.list({}))).kind, 'unauthenticated');
  });
});
