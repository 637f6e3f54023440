import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { openTestDesk, refusalOf } from '#testing/desk.ts';
import { runDueChecks } from './index.ts';
import { badgeOf, escaped, publicState, SHOWN_STATES, WIDGET_STYLE, widgetOf } from './rules/index.ts';

test('a check is seen by others only while a lead lets it be, and only what the lead allows', async (t) => {
  const desk = await openTestDesk();
  let status = 200;
  const site = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((done) => {
    site.unref().listen(0, '127.0.0.1', done);
  });
  t.after(async () => {
    site.close();
    await desk.close();
  });
  const [bo, lena] = [await desk.person('Bo', 'responder'), await desk.person('Lena', 'lead')];
  const url = `http://127.0.0.1:${(site.address() as { port: number }).port}/secret-path`;
  const { number } = await bo.checks.create({ name: 'inner name', probe: { kind: 'http', url, failures: 1 } });
  const version = async () => (await bo.checks.get({ number })).check.version;
  const pass = async () => {
    await desk.advance({ minutes: 2 });
    await runDueChecks(desk.desk);
  };
  const open = async (address: string) => {
    const answer = await fetch(address.replace(/^https?:\/\/[^/]+/, desk.url));
    return { status: answer.status, text: await answer.text(), header: (name: string) => answer.headers.get(name) ?? '' };
  };
  await pass();
  await pass();

  assert.equal((await refusalOf(bo.checks.publish({ number, version: await version(), name: 'Shop' }))).kind, 'forbidden');
  assert.deepEqual([(await lena.checks.get({ number })).public, (await bo.checks.get({ number })).may.publish !== null], [null, true]);
  const shown = await lena.checks.publish({ number, version: await version(), name: 'Shop <b>', showsReason: false });
  assert.equal((await bo.checks.get({ number })).public, null, 'its address is for those who may take it back');

  const badge = await open(shown.badgeUrl);
  assert.deepEqual([badge.status, badge.header('content-type'), badge.header('cache-control')], [200, 'image/svg+xml; charset=utf-8', 'public, max-age=60']);
  assert.match(badge.text, /aria-label="Shop &#60;b&#62;: Up"/);
  assert.match((await open(`${shown.badgeUrl}?show=uptime`)).text, />100 %</);
  const widget = await open(shown.widgetUrl);
  const policy = widget.header('content-security-policy');
  assert.match(policy, /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors \*$/);
  assert.deepEqual([widget.header('x-frame-options'), widget.header('cross-origin-resource-policy'), widget.header('set-cookie')], ['', 'cross-origin', '']);
  assert.match(widget.text, /<strong class="up">Works as it should<\/strong>/);
  assert.match(
    (await fetch(`${desk.url}/checks`, { headers: { accept: 'text/html' } })).headers.get('content-security-policy') ?? "frame-ancestors 'none'",
    /frame-ancestors 'none'/,
  );

  status = 503;
  await pass();
  const down = await open(shown.widgetUrl);
  assert.match(down.text, /Does not work/);
  for (const secret of ['inner name', 'secret-path', '127.0.0.1', '503', number]) assert.ok(!down.text.includes(secret), `${secret} is nobody's business`);
  const same = await lena.checks.publish({ number, version: await version(), name: 'Shop', showsReason: true });
  assert.equal(same.widgetUrl, shown.widgetUrl, 'a change keeps the address');
  assert.match((await open(shown.widgetUrl)).text, /<p>status 503<\/p>/);

  await lena.checks.unpublish({ number, version: await version() });
  for (const address of [shown.badgeUrl, shown.widgetUrl, `${desk.url}/embed/check/x`, `${desk.url}/embed/badge/${'a'.repeat(32)}.svg`]) {
    const gone = await open(address);
    assert.deepEqual([gone.status, gone.header('cache-control')], [404, 'no-store']);
  }
  const again = await lena.checks.publish({ number, version: await version(), name: 'Shop' });
  assert.notEqual(again.widgetUrl, shown.widgetUrl, 'an address that was taken back never works again');
  await lena.checks.retire({ number, version: await version() });
  assert.equal((await open(again.badgeUrl)).status, 404);
  const timeline = JSON.stringify((await bo.records.timeline({ number })).items);
  assert.ok(timeline.includes('check.unpublished') && !timeline.includes(again.widgetUrl.split('/').at(-1)!));
});

test('what others see is well formed whatever the name says, and calls nothing', () => {
  for (const state of SHOWN_STATES) {
    const view = { name: `<script>"&'\u0001`, state: publicState(state), share: 0.999_99, reason: '<img src=x>', days: [{ day: '2026-03-02', share: null }] };
    for (const text of [badgeOf(view, 'state'), badgeOf(view, 'uptime'), widgetOf(view)]) {
      assert.ok(!/<script|<img|\p{Cc}/u.test(text.replace(WIDGET_STYLE, '')));
      assert.ok(!/(href|src|url\()=?"?https?:/.test(text.replace('xmlns="http://www.w3.org/2000/svg"', '')));
    }
    assert.match(badgeOf(view, 'uptime'), /99\.99 %/, 'what is not whole never reads as whole');
  }
  assert.equal(escaped(`a<b>"'&`), 'a&#60;b&#62;&#34;&#39;&#38;');
  assert.ok(!WIDGET_STYLE.includes('</'));
});
