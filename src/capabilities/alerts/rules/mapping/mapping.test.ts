import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { EMPTY, faultsOf, guessMapping, listAround, mapBody, pathFrom, putIn, seenWords, writePath, type Mapping } from './index.ts';
import { fill, parseTemplate, readPath, valueAt } from './template.ts';
import { stateOf } from './words.ts';

const filled = (text: string, item: unknown, root: unknown = item): string => {
  const parsed = parseTemplate(text);
  assert.ok('template' in parsed, 'error' in parsed ? parsed.error : '');
  return fill(parsed.template, { item, root });
};
const one = (body: unknown, mapping: Mapping) => {
  const mapped = mapBody(body, mapping);
  assert.ok('items' in mapped, 'sentence' in mapped ? mapped.sentence : '');
  const [first] = mapped.items;
  assert.ok(first && 'signal' in first, JSON.stringify(first));
  return first.signal;
};

test('a template takes the first of its alternatives that says something', () => {
  const event = { host: 'db1', check: '', name: 'disk', 'free space': '1%', tags: ['a', 'b'], depth: { list: [{ n: 7 }] } };
  assert.equal(filled('{event.host} {event.check|event.name|"unknown"}', { event }), 'db1 disk');
  assert.equal(filled('{check|"un|known}"}', event), 'un|known}');
  assert.equal(filled('{["free space"]} free, {depth.list[0].n} {tags}', event), '1% free, 7 a, b');
  assert.equal(filled('{$.receiver}/{host}', event, { receiver: 'desk' }), 'desk/db1');
  assert.equal(filled('on {nowhere}', event), '', 'paths that lead nowhere leave nothing, not a torn sentence');
  assert.equal(filled('{{plain}}', event), '{plain}');
  for (const wrong of ['{', '{a', '{}', '{a..b}', '{a[x]}', '{|}', '{a.}']) assert.ok('error' in parseTemplate(wrong), wrong);
});

test('a path that is written is read back, and only own fields are seen', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 }), (steps) => {
      assert.deepEqual(readPath(writePath(steps)), { root: false, steps });
    }),
  );
  assert.equal(valueAt({ root: false, steps: ['constructor', 'name'] }, { item: {}, root: {} }), undefined);
  assert.equal(valueAt({ root: false, steps: ['length'] }, { item: [1], root: null }), undefined);
});

test('no mapping and no body make reading fail, and what is given is a signal the desk can keep', () => {
  const template = fc.oneof(fc.constantFrom('', '{a}', '{a|b.c|"x"}', '{$.a} {b[0]}', 'plain'), fc.string());
  const mapping = fc.record({
    list: fc.constantFrom('', 'a', 'a.b', '..'),
    ignore: fc.record({ value: template, words: fc.array(fc.string()) }),
    state: template,
    stateWords: fc.dictionary(fc.string(), fc.constantFrom('firing', 'acknowledged', 'resolved', 'ignored')),
    key: template,
    title: template,
    severity: template,
    severityWords: fc.dictionary(fc.string(), fc.constantFrom('critical', 'error', 'warning', 'info')),
    origin: template,
    service: template,
    labels: fc.array(fc.record({ name: fc.string(), value: template }), { maxLength: 3 }),
    startsAt: template,
    link: template,
    details: fc.constantFrom('', 'a', 'b.c'),
  });
  fc.assert(
    fc.property(fc.jsonValue(), mapping, (body, by) => {
      const mapped = mapBody(body, by as Mapping);
      for (const item of 'items' in mapped ? mapped.items : []) {
        if (!('signal' in item)) continue;
        assert.ok(item.signal.summary !== '');
        assert.ok(!/\\u[dD][89a-fA-F]/.test(JSON.stringify(item.signal)) || /\\u[dD][89a-fA-F]/.test(JSON.stringify([body, by])), 'no half of a sign that was whole');
        assert.ok(item.signal.key !== null && item.signal.key !== '' && [...item.signal.key].length <= 255);
      }
      assert.ok('items' in mapped || mapped.sentence !== '');
      guessMapping([body]);
    }),
  );
});

test('one body becomes several alerts, each with the words of its sender translated', () => {
  const mapping: Mapping = {
    ...EMPTY,
    list: 'problems',
    ignore: { value: '{kind}', words: ['heartbeat'] },
    state: '{phase}',
    stateWords: { vorbei: 'resolved', gesehen: 'acknowledged' },
    key: '{$.site}/{nr}',
    title: '{what} at {$.site}',
    severity: '{grade}',
    severityWords: { schlimm: 'critical' },
    origin: '{$.site}',
    service: '{system}',
    labels: [{ name: 'free space', value: '{free}' }],
    startsAt: '{since}',
    link: '{see}',
  };
  assert.deepEqual(faultsOf(mapping), []);
  const body = {
    site: 'Bonn',
    problems: [
      { nr: 1, what: 'Disk', grade: 'Schlimm', phase: 'neu', system: 'erp', free: 3, since: 1_772_442_000, see: 'https://x.example/1' },
      { nr: 2, what: 'Fan', phase: 'VORBEI', see: 'javascript:alert(1)' },
      { nr: 3, kind: 'Heartbeat', what: 'tick' },
      { nr: 4 },
      'odd',
    ],
  };
  const mapped = mapBody(body, mapping);
  assert.ok('items' in mapped);
  const [disk, fan, tick, bare, odd] = mapped.items;
  assert.ok(disk && 'signal' in disk && fan && 'signal' in fan);
  assert.deepEqual(
    [disk.signal.kind, disk.signal.key, disk.signal.summary, disk.signal.severity, disk.signal.source, disk.signal.startsAt, disk.signal.link],
    ['trigger', 'Bonn/1', 'Disk at Bonn', 'critical', 'Bonn', 1_772_442_000_000, 'https://x.example/1'],
  );
  assert.deepEqual(disk.signal.labels, { service: 'erp', free_space: '3' });
  assert.deepEqual([fan.signal.kind, fan.signal.link], ['resolve', null]);
  assert.ok(tick && 'ignored' in tick && bare && 'signal' in bare && odd && 'sentence' in odd);
  assert.deepEqual(mapBody({}, mapping), { sentence: 'There is no list at “problems”.' });
});

test('a mapping says field by field what is wrong with it', () => {
  const faults = faultsOf({ ...EMPTY, list: 'a..b', title: '', link: '{', labels: [{ name: ' ', value: '{x' }] });
  assert.deepEqual(faults.map(({ field }) => field).toSorted(), ['labels.0.name', 'labels.0.value', 'link', 'list', 'title']);
});

test('a state that is not known fires: only what clearly says so is over', () => {
  for (const over of [
    'resolved',
    'OK',
    ' Recovery ',
    'alert.resolved',
    'com.example.disk.cleared',
    'back to normal',
    'is up',
    '[RESOLVED] disk sda of db1 in room 3 is full',
    'OK: all disks of all hosts are well again',
  ])
    assert.equal(stateOf(over, {}), 'resolved', over);
  for (const fires of ['', 'firing', 'not ok', 'unresolved', 'never recovered', 'OKAYISH', 'resolved: no', 'up and down', '未知'])
    assert.equal(stateOf(fires, {}), 'firing', fires);
  assert.equal(stateOf('ACK', {}), 'acknowledged');
  assert.equal(stateOf('ok', { ok: 'firing' }), 'firing', 'the words of the mapping come first');
});

test('common names are found without anybody writing a mapping', () => {
  const kuma = { heartbeat: { status: 0, time: '2026-03-02 09:00:00', msg: 'timeout' }, monitor: { id: 7, name: 'shop', url: 'https://shop.example' }, msg: '[shop] down' };
  assert.deepEqual([one(kuma, guessMapping([kuma])).summary, one(kuma, guessMapping([kuma])).key], ['[shop] down', '7']);
  const plain = {
    status: 'problem',
    severity: 'high',
    host: { name: 'db1' },
    title: 'Disk full',
    alert_id: 'a-9',
    service: 'erp',
    url: 'https://mon.example/9',
    timestamp: '2026-03-02T09:00:00Z',
  };
  const signal = one(plain, guessMapping([plain]));
  assert.deepEqual(
    [signal.kind, signal.key, signal.severity, signal.source, signal.labels['service'], signal.link, signal.startsAt],
    ['trigger', 'a-9', 'error', 'db1', 'erp', 'https://mon.example/9', Date.UTC(2026, 2, 2, 9)],
  );
  const list = {
    alerts: [
      { name: 'one', state: 'ok' },
      { name: 'two', state: 'bad' },
    ],
  };
  const mapped = mapBody(list, guessMapping([list]));
  assert.deepEqual('items' in mapped && mapped.items.map((item) => ('signal' in item ? item.signal.kind : null)), ['resolve', 'trigger']);
  const cloud = { specversion: '1.0', type: 'com.example.disk.full', source: '/hosts/db1', subject: 'sda', id: 'A1', time: '2026-03-02T09:00:00Z', data: { used: 99 } };
  const fired = one(cloud, guessMapping([cloud]));
  const over = one({ ...cloud, id: 'A2', type: 'com.example.disk.cleared' }, guessMapping([cloud]));
  assert.deepEqual([fired.kind, over.kind, fired.source], ['trigger', 'resolve', '/hosts/db1']);
  assert.equal(fired.key, over.key, 'the id of a CloudEvent is that of the message and is no key');
});

test('a value that is clicked becomes a path from its entry, or from the whole body', () => {
  assert.equal(pathFrom(['event', 'free space', 'a.b'], '', false), 'event.free space["a.b"]');
  assert.equal(pathFrom(['alerts', '2', 'labels', 'host'], 'alerts', false), 'labels.host');
  assert.equal(pathFrom(['receiver'], 'alerts', false), '$.receiver');
  assert.equal(pathFrom(['alerts', '2'], 'alerts', false), '$.alerts[2]', 'an entry itself is no value');
  assert.equal(pathFrom(['3', 'host'], '', true), 'host');
  const body = { site: 'x', alerts: [{ host: 'db1' }, { host: 'db2' }] };
  for (const [steps, value] of [
    [['site'], 'x'],
    [['alerts', '1', 'host'], 'db2'],
  ] as const)
    assert.equal(filled(`{${pathFrom(steps, 'alerts', false)}}`, body.alerts[1], body), value);
  assert.deepEqual([listAround(body, ['alerts', '1', 'host']), listAround(body, ['site'])], [['alerts'], null]);
});

test('a path is put in where the caret stands, as a further alternative or a new expression', () => {
  assert.equal(putIn('', 0, 'host'), '{host}');
  assert.equal(putIn('{check}', 7, 'host'), '{check} {host}');
  assert.equal(putIn('{check}', 6, 'host'), '{check|host}');
  assert.equal(putIn('{check}', 1, 'host'), '{host|check}');
  assert.equal(putIn('{} x', 1, 'host'), '{host} x');
});

test('the words a sender uses are gathered with what they mean unless somebody says otherwise', () => {
  const bodies = [{ list: [{ s: 'Vorbei', g: 'hoch' }, { s: 'ok' }] }, { list: 'odd' }];
  const seen = seenWords(bodies, { ...EMPTY, list: 'list', state: '{s}', stateWords: { neu: 'firing' }, severity: '{g}' });
  assert.deepEqual(
    seen.states.map(({ word, usual }) => [word, usual]),
    [
      ['vorbei', 'firing'],
      ['ok', 'resolved'],
      ['neu', 'firing'],
    ],
  );
  assert.deepEqual(seen.severities, [{ word: 'hoch', usual: 'error' }]);
});
