import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { contrast, DARK, inkOn, LIGHT, readableOn } from './colours.ts';
import { fill, FACTS, refuseForAudience, refuseTemplate, SHIPPED, unknownIn, type FactName } from './templates.ts';
import { impactOf, INCIDENT_PHASES, isOver, MAINTENANCE_PHASES, overallOf, refusePhase, shownState, STATES, worstOf } from './states.ts';
import { daysOf, shareOf } from './uptime.ts';
import { escaped } from './view.ts';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);
const state = fc.constantFrom(...STATES);

describe('colours of a page', () => {
  it('can be read, whatever was chosen: text in them on light and dark ground, and text on them', () => {
    fc.assert(
      fc.property(colour, (chosen) => {
        for (const ground of [LIGHT, DARK]) assert.ok(contrast(readableOn(chosen, ground), ground) >= 4.5);
        assert.ok(contrast(inkOn(chosen), chosen) >= 4.5);
      }),
    );
  });
  it('that can be read already are left as they are', () => {
    assert.equal(readableOn('#0b667e', LIGHT), '#0b667e');
    assert.equal(Math.round(contrast('#000000', '#ffffff')), 21);
  });
});

describe('what is shown of a component', () => {
  it('is never better than what people said', () => {
    fc.assert(
      fc.property(state, fc.array(state), fc.boolean(), fc.array(fc.constantFrom('up' as const, 'down' as const, 'none' as const)), (byHand, posts, inMaintenance, checks) => {
        const shown = shownState({ byHand, posts, inMaintenance, checks });
        assert.equal(worstOf([shown, byHand, ...posts]), shown);
      }),
    );
  });
  it('follows checks: one of several down is partly down, all is down, under maintenance neither', () => {
    const of = (checks: readonly ('up' | 'down')[], inMaintenance = false) => shownState({ byHand: 'operational', posts: [], inMaintenance, checks });
    assert.deepEqual([of(['up', 'down']), of(['down', 'down']), of(['up']), of(['down'], true)], ['partial_outage', 'major_outage', 'operational', 'under_maintenance']);
  });
  it('makes the impact of a post, planned work none', () => {
    assert.deepEqual(
      STATES.map((one) => impactOf([one])),
      ['none', 'minor', 'major', 'critical', 'none'],
    );
  });
});

describe('what stands above everything', () => {
  it('is never better than any part, and never green while people are told that we look for a cause', () => {
    fc.assert(
      fc.property(fc.array(state), fc.array(fc.constantFrom(...INCIDENT_PHASES)), (states, problems) => {
        const { worst, words } = overallOf(states, problems);
        assert.equal(worstOf([worst, ...states]), worst);
        if (problems.includes('investigating') || problems.includes('identified')) assert.ok(worst !== 'operational' && words !== 'Everything works', words);
      }),
    );
    assert.deepEqual(overallOf(['operational'], ['monitoring']), { worst: 'operational', words: 'It works again, and we keep watching' });
    assert.equal(overallOf(['operational'], ['resolved']).words, 'Everything works');
  });
});

describe('phases', () => {
  it('are those of their kind, and what is over goes nowhere but to what happened', () => {
    for (const to of MAINTENANCE_PHASES) assert.ok(refusePhase('incident', null, to));
    for (const to of INCIDENT_PHASES) assert.ok(refusePhase('maintenance', null, to));
    for (const to of MAINTENANCE_PHASES) assert.ok(refusePhase('maintenance', 'completed', to));
    assert.equal(refusePhase('incident', 'resolved', 'postmortem'), undefined);
    assert.equal(refusePhase('incident', 'resolved', 'investigating'), undefined);
    assert.ok(isOver('resolved') && isOver('completed') && !isOver('verifying'));
  });
});

describe('uptime by day', () => {
  const DAY = 86_400_000;
  it('lies between 0 and 1, is unknown before the component was made, and is the worse of what was told and measured', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 40 * DAY }), state), { minLength: 1, maxLength: 20 }), fc.double({ min: 0, max: 1, noNaN: true }), (raw, found) => {
        const turns = raw.map(([at, one]) => ({ at, state: one })).toSorted((a, b) => a.at - b.at);
        const now = 45 * DAY + 1000;
        const days = daysOf(turns, new Map(), { now, count: 46 });
        assert.equal(days.length, 46);
        const begun = Math.floor(turns[0]!.at / DAY);
        for (const [place, day] of days.entries()) {
          if (place < begun) assert.equal(day.share, null);
          else assert.ok(day.share === null || (day.share >= -1e-9 && day.share <= 1));
        }
        const measured = daysOf(turns, new Map(days.map(({ day }) => [day, found])), { now, count: 46 });
        for (const [place, day] of measured.entries()) assert.ok(day.share !== null && day.share <= found && day.share <= (days[place]?.share ?? 1));
        const share = shareOf(days);
        assert.ok(share === null || share <= 1);
      }),
    );
  });
});

describe('templates', () => {
  const facts = fc.dictionary(
    fc.constantFrom(...(Object.keys(FACTS) as FactName[])),
    fc.string({ minLength: 1 }).filter((text) => text.trim() !== '' && !/[{}]/.test(text)),
  );
  it('are filled whole: no brace is left, and what nobody knows is named', () => {
    fc.assert(
      fc.property(facts, (known) => {
        for (const occasions of Object.values(SHIPPED)) {
          for (const template of Object.values(occasions)) {
            const text = fill(`${template.title}\n${template.text}`, known);
            assert.ok(!/[{}]/.test(text));
            for (const name of unknownIn(template, known)) assert.ok(text.includes(FACTS[name]));
          }
        }
      }),
    );
  });
  it('as shipped are all accepted, and tell customers nothing of the inside', () => {
    for (const [audience, occasions] of Object.entries(SHIPPED)) {
      for (const template of Object.values(occasions)) {
        assert.equal(refuseTemplate(template), undefined);
        if (audience === 'customers') assert.equal(refuseForAudience('customers', template), undefined);
      }
    }
    assert.match(refuseTemplate({ title: 'x', text: '{cuase}' }) ?? '', /\{cuase\} is not a fact/);
    assert.match(refuseForAudience('customers', { title: '{severity}', text: 'x' }) ?? '', /inside of the house/);
  });
  it('end a sentence once, also when the fact ends with a full stop', () => {
    assert.equal(fill('Affected: {impact}. More soon.', { impact: 'nobody can pay.' }), 'Affected: nobody can pay. More soon.');
  });
  it('take facts as text, not as templates', () => {
    assert.equal(fill('{title}', { title: '{commander}' }), '{commander}');
  });
});

describe('text on a page', () => {
  it('holds nothing that markup is made of', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.ok(!/[<>"']/.test(escaped(text)))));
  });
});
