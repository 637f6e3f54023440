import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fit } from './fit.ts';

test('a text that fits stays as it is, a longer one ends in dots and keeps its beginning', () => {
  assert.equal(fit('web-shop', 8), 'web-shop');
  assert.equal(fit('payment-gateway of the shop', 8), 'payment-gate…');
  assert.equal(fit('lilili', 2), 'lilili');
  assert.equal(fit('mwmwmw', 2), 'm…');
});

test('more room never shows less', () => {
  const size = (text: string, room: number) => fit(text, room).replace('…', '').length;
  fc.assert(fc.property(fc.stringMatching(/^[a-zA-Z0-9 -]{0,40}$/), fc.double({ min: 1, max: 30, noNaN: true }), (text, room) => size(text, room + 1) >= size(text, room)));
});
