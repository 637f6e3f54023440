import assert from 'node:assert/strict';
import { it } from 'node:test';
import * as fc from 'fast-check';
import { refuseLosingAdmin, refusePassword, refuseScopes } from './rules.ts';
import { acceptedStep, codeOf, newSecret, stepOf } from './totp.ts';

const ada = { name: 'Ada Lovelace', email: 'ada@example.com' };

it('short, common, repeated, neighbouring and own-name passwords are refused; four words are good', () => {
  for (const bad of [
    'short',
    'password12345',
    'P@ssw0rd2026!!',
    'aaaaaaaaaaaaaa',
    'abababababab',
    'qwertyuiopasdf',
    '012345678901',
    'adalovelace1',
    'lovelacelove',
    'summersummer',
    'administrator1',
  ]) {
    assert.ok(refusePassword(bad, ada), bad);
  }
  for (const good of ['correct lamp vessel tram', 'Vierzehn Fenster am Hafen', 'k7#Qz!mTe0-Lp', '東京の静かな朝を歩く人たち'])
    assert.equal(refusePassword(good, ada), undefined, good);
  fc.assert(fc.property(fc.string({ maxLength: 11 }), (text) => assert.ok(refusePassword(text, ada))));
});

it('TOTP gives the codes of RFC 6238 and takes each step once', () => {
  // RFC 6238, appendix B, SHA-1: the secret is the ASCII text 12345678901234567890; the last six of eight digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  for (const [seconds, code] of [
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [20000000000, '353130'],
  ] as const)
    assert.equal(codeOf(secret, stepOf(seconds * 1000)), code);
  fc.assert(
    fc.property(fc.integer({ min: 120_000, max: 4e12 }), (now) => {
      const own = newSecret();
      const step = acceptedStep(own, codeOf(own, stepOf(now)), { now, lastStep: null });
      assert.equal(step, stepOf(now));
      assert.equal(acceptedStep(own, codeOf(own, stepOf(now)), { now, lastStep: step }), null);
      assert.equal(acceptedStep(own, codeOf(own, stepOf(now) - 2), { now, lastStep: null }) === null || codeOf(own, stepOf(now) - 2) === codeOf(own, stepOf(now)), true);
    }),
    { numRuns: 30 },
  );
});

it('the last administrator stays one', () => {
  assert.ok(refuseLosingAdmin({ was: 'admin', becomes: 'left', otherAdmins: 0 }));
  assert.equal(refuseLosingAdmin({ was: 'admin', becomes: 'viewer', otherAdmins: 1 }), undefined);
  assert.equal(refuseLosingAdmin({ was: 'lead', becomes: 'left', otherAdmins: 0 }), undefined);
});

it('a token has no scope that its owner has not', () => {
  assert.equal(refuseScopes(['people.read', 'people.*', '*'], ['people.read']), undefined);
  assert.ok(refuseScopes(['people.manage'], ['people.read']));
});
