import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openTestDesk, refusalOf, type TestDesk } from '#testing/desk.ts';

describe('what severities mean', () => {
  let desk: TestDesk;
  before(async () => {
    desk = await openTestDesk({ at: '2026-03-02T09:00:00Z' });
  });
  after(() => desk.close());

  it('is the desk’s own words until a lead writes them, and again when the words are taken away', async () => {
    const lena = await desk.person('Lena Holm', 'lead');
    const [ours] = (await lena.incidents.severities({})).items;
    assert.equal(ours?.writtenBy, null);

    const written = await lena.incidents.defineSeverity({ severity: 'SEV1', means: 'The wards cannot admit patients.', examples: 'Admission is down.' });
    assert.deepEqual(
      written.items.map(({ severity, means, writtenBy }) => [severity, means === 'The wards cannot admit patients.', writtenBy?.title ?? null]),
      [
        ['SEV1', true, 'Lena Holm'],
        ['SEV2', false, null],
        ['SEV3', false, null],
        ['SEV4', false, null],
      ],
    );

    const taken = await lena.incidents.defineSeverity({ severity: 'SEV1', means: ' ' });
    assert.deepEqual(taken.items[0], ours);
  });

  it('is written by leads and read by everyone', async () => {
    const [rosa, vera] = [await desk.person('Rosa Lind', 'responder'), await desk.person('Vera Lund', 'viewer')];
    const refused = await refusalOf(rosa.incidents.defineSeverity({ severity: 'SEV2', means: 'Mine' }));
    assert.equal(refused.kind, 'forbidden');
    const read = await vera.incidents.severities({});
    assert.equal(read.items.length, 4);
    assert.match(read.may.write ?? '', /lead/);
  });
});
