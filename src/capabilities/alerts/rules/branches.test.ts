import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { added, idsBelow, moved, MOVES, refuseMove, removed, type Twig } from './branches.ts';

const list = (text: string): readonly Twig[] => text.split(' ').map((one) => ({ id: one.split('<')[0]!, under: one.split('<')[1] ?? null }));
const text = (twigs: readonly Twig[]) => twigs.map(({ id, under }) => (under === null ? id : `${id}<${under}`)).join(' ');

/** Any list that people can come to: lines added one by one, each under one that is there. */
const lists = fc.array(fc.nat(), { maxLength: 8 }).map((places) =>
  places.reduce<readonly Twig[]>((all, place, id) => {
    const under = place % (all.length + 1);
    return added(all, { id: `r${id}`, under: under === 0 ? null : all[under - 1]!.id });
  }, []),
);

describe('a tree of rules as a list', () => {
  const some = list('a b c<b d<b e');

  it('moves a rule with those under it', () => {
    assert.equal(text(moved(some, 'b', 'up')), 'b c<b d<b a e');
    assert.equal(text(moved(some, 'b', 'down')), 'a e b c<b d<b');
    assert.equal(text(moved(some, 'e', 'in')), 'a b c<b d<b e<b');
    assert.equal(text(moved(some, 'b', 'in')), 'a b<a c<b d<b e');
    assert.equal(text(moved(some, 'c', 'out')), 'a b d<b c e');
    assert.equal(text(moved(some, 'd', 'in')), 'a b c<b d<c e');
  });

  it('adds below, and removes with what is below', () => {
    assert.equal(text(added(some, { id: 'n', under: 'b' })), 'a b c<b d<b n<b e');
    assert.equal(text(added(some, { id: 'n', under: null })), 'a b c<b d<b e n');
    assert.equal(text(removed(some, 'b')), 'a e');
    assert.deepEqual(idsBelow(some, 'b'), ['c', 'd']);
  });

  it('says why a rule cannot go further, and leaves it there', () => {
    assert.equal(refuseMove(some, 'a', 'up'), 'It is the first here.');
    assert.equal(refuseMove(some, 'e', 'down'), 'It is the last here.');
    assert.equal(refuseMove(some, 'c', 'in'), 'There is none in front of it to stand under.');
    assert.equal(refuseMove(some, 'a', 'out'), 'It stands under none.');
    assert.equal(text(moved(some, 'a', 'out')), text(some));
  });

  it('loses nothing whatever is moved, and each line stands behind the one it is under', () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.constantFrom(...MOVES), (twigs, place, move) => {
        const id = twigs[place % Math.max(1, twigs.length)]?.id ?? '';
        const after = moved(twigs, id, move);
        assert.deepEqual(after.map((one) => one.id).toSorted(), twigs.map((one) => one.id).toSorted());
        const seen = new Set<string>();
        for (const one of after) {
          assert.ok(one.under === null || seen.has(one.under), text(after));
          seen.add(one.id);
        }
        assert.deepEqual(idsBelow(after, id), idsBelow(twigs, id));
      }),
    );
  });

  it('goes back by the opposite move: up and down', () => {
    fc.assert(
      fc.property(lists, fc.nat(), (twigs, place) => {
        const id = twigs[place % Math.max(1, twigs.length)]?.id ?? '';
        fc.pre(refuseMove(twigs, id, 'up') === undefined);
        assert.equal(text(moved(moved(twigs, id, 'up'), id, 'down')), text(twigs));
      }),
    );
  });
});
