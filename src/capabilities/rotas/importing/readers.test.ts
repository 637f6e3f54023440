import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { Unreadable } from '#kernel/foreign.ts';
import { DAYS, hoursOf, minutesOf } from './found.ts';
import { readRotas } from './read.ts';

const sample = (name: string) => readFileSync(join(import.meta.dirname, 'samples', `${name}.json`), 'utf8');
const NOW = Date.parse('2026-03-02T09:00:00Z');

describe('rotas of other systems', () => {
  it('PagerDuty: the layer listed first wins, turns go on while a restriction holds, what has ended stays behind', () => {
    const { format, rotas, people } = readRotas(sample('pagerduty'), NOW);
    assert.equal(format, 'pagerduty');
    const [rota] = rotas;
    assert.deepEqual([rota?.name, rota?.zone, rota?.about], ['Payments on call', 'Europe/Berlin', 'Everything that books money']);
    assert.deepEqual(
      rota?.layers.map(({ name, priority, kind, length, start, from, people: turns }) => [name, priority, kind, length, start, from, turns]),
      [
        ['Business hours', 3, 'daily', 1, '2026-01-05T08:00', null, [['PU3']]],
        ['Around the clock', 2, 'weekly', 1, '2026-01-05T09:00', '2026-01-12T09:00', [['PU1'], ['PU2']]],
      ],
    );
    assert.deepEqual(rota.layers[0]?.hours, [{ days: ['mo', 'tu'], from: '08:00', until: '18:00' }]);
    assert.deepEqual(rota.overrides, [{ person: 'PU2', from: '2026-04-01T09:00', until: '2026-04-02T09:00' }]);
    assert.match(rota.notes.join(' '), /ended are left out: 1\..*Odd is left out\. A turn of it lasts 90 minutes/);
    assert.deepEqual(people, [
      { key: 'PU1', name: 'Ada Ek', email: 'ada.ek@example.com' },
      { key: 'PU2', name: 'Bo Berg', email: 'bo.berg@example.com' },
      { key: 'PU3', name: 'Cora Lind', email: null },
    ]);
  });

  it('Opsgenie: rotations are on call together, hours run over midnight and over days', () => {
    const { rotas, people } = readRotas(sample('opsgenie'), NOW);
    const [rota] = rotas;
    assert.deepEqual(
      rota?.layers.map(({ name, priority, start, hours }) => [name, priority, start, hours]),
      [
        ['Nights', 1, '2026-01-05T18:00', [{ days: DAYS, from: '18:00', until: '08:00' }]],
        [
          'Weekend',
          1,
          '2026-01-02T18:00',
          [
            { days: ['fr'], from: '18:00', until: '00:00' },
            { days: ['sa', 'su'], from: '00:00', until: '00:00' },
            { days: ['mo'], from: '00:00', until: '08:00' },
          ],
        ],
        ['With a pause', 1, '2026-01-05T09:00', []],
      ],
    );
    assert.deepEqual(rota.layers[2]?.people, [['ou1'], []], 'a turn in which nobody is');
    assert.match(rota.notes.join(' '), /By a team is left out\. A team takes turns in it/);
    assert.equal(rota.overrides.length, 1);
    assert.equal(people.length, 3);
  });

  it('Grafana OnCall: groups, levels, days that use up no turn, and what cannot be said here is named', () => {
    const { rotas } = readRotas(sample('grafana-oncall'), NOW);
    const [rota] = rotas;
    assert.deepEqual(
      rota?.layers.map(({ name, priority, kind, zone, people, turns, from }) => [name, priority, kind, zone, people, turns, from]),
      [
        ['Weeks', 1, 'weekly', null, [['UG2', 'UG3'], ['UG1']], 'calendar', '2026-01-12T09:00'],
        ['Working days', 2, 'daily', 'UTC', [['UG1'], ['UG2']], 'kept', null],
      ],
    );
    assert.deepEqual(rota.layers[1]?.hours, [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '07:00', until: '17:00' }]);
    assert.deepEqual(rota.overrides, [{ person: 'UG3', from: '2026-04-01T09:00', until: '2026-04-02T09:00' }]);
    assert.match(rota.notes.join(' '), /not in the file: 1\..*Every second week is left out/);
  });

  it('anything else is refused with a sentence, and no text makes a reader fail otherwise', () => {
    assert.throws(() => readRotas('BEGIN:VCALENDAR', NOW), Unreadable);
    assert.throws(() => readRotas('{"people":[]}', NOW), /Paste the answer of its API/);
    const shapes = ['pagerduty', 'opsgenie', 'grafana-oncall'].map(sample);
    fc.assert(
      fc.property(fc.constantFrom(...shapes), fc.nat(), fc.nat(60), fc.constantFrom('null', '[]', '{}', '"x"', '-1', 'true', ''), (shape, place, length, instead) => {
        const at = place % shape.length;
        try {
          readRotas(`${shape.slice(0, at)}${instead}${shape.slice(at + length)}`, NOW);
        } catch (error) {
          assert.ok(error instanceof Unreadable, String(error));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('a span of the week becomes windows that cover the same minutes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_079 }), fc.integer({ min: 1, max: 10_079 }), (from, minutes) => {
        const covered = new Set<number>();
        for (const { days, from: start, until } of hoursOf([{ from, minutes }])) {
          const length = (minutesOf(until) - minutesOf(start) + 1440) % 1440 || 1440;
          for (const day of days) for (let i = 0; i < length; i += 1) covered.add((DAYS.indexOf(day) * 1440 + minutesOf(start) + i) % 10_080);
        }
        const wanted = new Set(Array.from({ length: minutes }, (_, i) => (from + i) % 10_080));
        assert.deepEqual(covered, wanted);
      }),
      { numRuns: 60 },
    );
  });
});
