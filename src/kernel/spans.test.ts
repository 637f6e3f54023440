import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { at, clip, covered, gaps, merge, overlay, subtract, together, total } from './spans.ts';
import type { Span } from './spans.ts';

const span = fc
  .record({ start: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 0, max: 20 }), value: fc.constantFrom('a', 'b', 'c') })
  .map(({ start, length, value }): Span<string> => ({ from: start, until: start + length, value }));
const any = fc.array(span, { maxLength: 12 });
/** Spans of which at most one holds at a time. */
const line = any.map((spans) => spans.reduce<Span<string>[]>((kept, next) => overlay(kept, [next]), []));
const moments = Array.from({ length: 82 }, (_, i) => i);
const holdsAt = (spans: readonly Span<string>[], t: number) => at(spans, t).map((s) => s.value);

test('an overlay shows the upper value where there is one and the lower elsewhere', () => {
  fc.assert(
    fc.property(line, line, (lower, upper) => {
      const both = overlay(lower, upper);
      for (const t of moments) {
        const above = holdsAt(upper, t);
        assert.deepEqual(holdsAt(both, t), above.length ? above : holdsAt(lower, t));
      }
    }),
  );
});

test('clipping changes nothing inside the window and leaves nothing outside', () => {
  fc.assert(
    fc.property(any, span, (spans, window) => {
      const clipped = clip(spans, window);
      for (const t of moments) {
        assert.deepEqual(holdsAt(clipped, t), t >= window.from && t < window.until ? holdsAt(spans, t) : []);
      }
    }),
  );
});

test('subtracting leaves exactly what lies outside the holes', () => {
  fc.assert(
    fc.property(any, any, (spans, holes) => {
      const left = subtract(spans, holes);
      for (const t of moments) {
        const expected = at(holes, t).length ? [] : holdsAt(spans, t);
        assert.deepEqual(holdsAt(left, t).sort(), expected.sort());
      }
    }),
  );
});

test('gaps and coverage partition the window', () => {
  fc.assert(
    fc.property(span, any, (window, spans) => {
      const free = gaps(window, spans);
      assert.equal(total(free) + total(clip(spans, window)), window.until - window.from);
      assert.equal(total(covered(spans)), total(spans));
    }),
  );
});

test('merging keeps every value and leaves no equal neighbours', () => {
  fc.assert(
    fc.property(line, (spans) => {
      const merged = merge(spans);
      for (const t of moments) assert.deepEqual(holdsAt(merged, t), holdsAt(spans, t));
      merged.forEach((s, i) => {
        const next = merged[i + 1];
        if (next) assert.ok(s.until < next.from || s.value !== next.value);
      });
    }),
  );
});

test('together gives every value that holds, in the order given', () => {
  fc.assert(
    fc.property(any, (spans) => {
      const pieces = together(spans);
      for (const t of moments) {
        const here = pieces.filter((p) => p.from <= t && t < p.until);
        assert.ok(here.length <= 1);
        assert.deepEqual(here[0]?.value ?? [], holdsAt(spans, t));
      }
    }),
  );
});
