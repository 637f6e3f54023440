import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { blocksOf, piecesOf, type Piece } from './markdown.ts';

describe('a text with marks', () => {
  it('becomes headings, lists, quotes, code and paragraphs', () => {
    const blocks = blocksOf('# Why\n\nThe **limit** of `db` in INC-12,\nsee [notes](https://example.com/a).\n- one\n- two\n1. first\n> said\n```\nx < y\n```');
    assert.deepEqual(
      blocks.map(({ kind }) => kind),
      ['heading', 'paragraph', 'list', 'list', 'quote', 'code'],
    );
    const paragraph = blocks[1];
    assert.deepEqual(paragraph && 'pieces' in paragraph ? paragraph.pieces.filter((p) => p.kind !== 'text') : [], [
      { kind: 'strong', text: 'limit' },
      { kind: 'code', text: 'db' },
      { kind: 'record', text: 'INC-12' },
      { kind: 'link', text: 'notes', href: 'https://example.com/a' },
    ]);
  });

  it('links nowhere but to web addresses and pages of the desk', () => {
    const hrefs = (text: string) => piecesOf(text).flatMap((piece) => (piece.kind === 'link' ? [piece.href] : []));
    assert.deepEqual(hrefs('[x](javascript:alert(1)) [y](data:text/html,1) [z](/incidents) http://a.b/c'), ['/incidents', 'http://a.b/c']);
  });

  it('loses no letter of a line without marks, and ends on any text', () => {
    const words = (pieces: readonly Piece[]) => pieces.map((piece) => piece.text).join('');
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9 .,;<>&"'!?-]{0,60}$/), (line) => {
        fc.pre(!/https?:/.test(line));
        assert.equal(words(piecesOf(line)), line);
      }),
    );
    fc.assert(
      fc.property(fc.string({ maxLength: 400 }), (text) => {
        assert.ok(blocksOf(text).length <= text.length);
      }),
    );
  });
});
