import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { it } from 'node:test';
import * as fc from 'fast-check';
import { readConfig } from './config.ts';
import { tooDeep } from './http.ts';
import { rateLimit } from './limits.ts';
import { openOutgoing, refuseTarget, Unreachable } from './outgoing.ts';
import { openVault } from './vault.ts';
import { openKey, sealKey } from './backup/manifest.ts';

it('addresses that a person typed never reach the desk’s own network; a lead’s check may reach private ones', () => {
  const never = ['127.0.0.1', '::1', '169.254.169.254', '0.0.0.0', 'fe80::1', '::ffff:127.0.0.1', '224.0.0.1', '255.255.255.255', '100.64.0.1', '64:ff9b::7f00:1'];
  for (const address of never) for (const origin of ['typed', 'trusted'] as const) assert.ok(refuseTarget(address, origin, []), `${origin} ${address}`);
  for (const address of ['10.0.0.5', '192.168.1.1', '172.16.3.4', 'fd00::1', '::ffff:10.0.0.1']) {
    assert.ok(refuseTarget(address, 'typed', []), address);
    assert.equal(refuseTarget(address, 'trusted', []), undefined, address);
    assert.equal(refuseTarget(address, 'typed', ['10.0.0.0/8', '192.168.0.0/16', '172.16.0.0/12', 'fd00::/8']), undefined, address);
  }
  for (const address of ['93.184.216.34', '2606:2800:220:1::1']) assert.equal(refuseTarget(address, 'typed', []), undefined);
});

it('a redirect to a forbidden address is refused, and so is a name that means one', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else response.end('hello');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const base = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  const open = openOutgoing(['127.0.0.0/8']);
  const ask = (url: string, outgoing = open) => outgoing.request({ url, origin: 'typed', timeoutMs: 2000, redirects: 3 });
  assert.equal((await ask(`${base}/`)).body, 'hello');
  await assert.rejects(ask(`${base}/away`), (error: Unreachable) => error.why === 'refused address');
  await assert.rejects(ask('http://localhost/', openOutgoing([])), (error: Unreachable) => error.why === 'refused address');
  await assert.rejects(ask('file:///etc/passwd'), (error: Unreachable) => error.why === 'refused address');
  server.close();
});

it('depth is counted outside of strings only', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => assert.equal(tooDeep(JSON.stringify(value).padEnd(100)), false)));
  assert.equal(tooDeep(`${'['.repeat(65)}${']'.repeat(65)}`), true);
  assert.equal(tooDeep(JSON.stringify('['.repeat(500))), false);
  assert.equal(tooDeep(`"\\"${'['.repeat(200)}"`), false);
});

it('a limit lets its burst through and then its rate, for each key on its own', () => {
  const limit = rateLimit({ burst: 3, perMinute: 60 });
  assert.deepEqual(
    [0, 0, 0, 0].map((now) => limit.take('a', now)),
    [0, 0, 0, 1],
  );
  assert.equal(limit.take('b', 0), 0);
  assert.equal(limit.take('a', 1000), 0);
});

it('secrets come back only with their own key, and not when they were altered', () => {
  const [one, two] = [openVault('a key of more than thirty-two characters'), openVault('another key of more than thirty-two')];
  fc.assert(
    fc.property(fc.string(), (text) => {
      const sealed = one.encrypt(text);
      assert.equal(one.decrypt(sealed), text);
      assert.throws(() => two.decrypt(sealed));
      assert.throws(() => one.decrypt(`${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'B' : 'A'}${text}x`));
    }),
    { numRuns: 20 },
  );
  assert.equal(openKey(sealKey('the key', 'a long passphrase'), 'a long passphrase'), 'the key');
  assert.equal(openKey(sealKey('the key', 'a long passphrase'), 'a wrong passphrase'), null);
});

it('a wrong setting is named', () => {
  for (const [env, named] of [
    [{ QD_PORT: '99999' }, 'QD_PORT'],
    [{ QD_ROLE: 'boss' }, 'QD_ROLE'],
    [{ QD_PUBLIC_URL: 'desk' }, 'QD_PUBLIC_URL'],
    [{ QD_BOOTSTRAP_TOKEN: 'short' }, 'QD_BOOTSTRAP_TOKEN'],
    [{ QD_SMTP_URL: 'mail' }, 'QD_SMTP_URL'],
    [{ QD_TYPO: '1' }, 'QD_TYPO'],
    [{ QD_TRUSTED_PROXIES: 'foo' }, 'QD_TRUSTED_PROXIES'],
    [{ QD_ALLOW_PRIVATE_TARGETS: '10.0.0.0/99' }, 'QD_ALLOW_PRIVATE_TARGETS'],
    [{ QD_CONFIG: '/nowhere' }, 'QD_CONFIG'],
  ] as const) {
    assert.throws(
      () => readConfig(env),
      (error: Error & { sentence: string }) => error.sentence.includes(named),
      named,
    );
  }
  assert.equal(readConfig({}).publicUrl, 'http://127.0.0.1:4680');
});
