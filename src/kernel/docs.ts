import type { FastifyInstance } from 'fastify';
import type { Desk } from './desk.ts';
import { openApiOf } from './openapi.ts';
import { readVersion } from './release.ts';
import { sendPage } from './shell.ts';

/** The description of the API, for programs and for people. */
export function docsRoutes(app: FastifyInstance, desk: Desk): void {
  let written: string | undefined;
  app.get('/api/openapi.json', async (_request, reply) => {
    written ??= JSON.stringify(
      openApiOf(
        desk.modules.map((m) => m.contract),
        readVersion(),
      ),
    );
    return reply.type('application/json').send(written);
  });
  app.get('/api/docs', async (_request, reply) => sendPage(reply, docsPage(desk)));
}

function docsPage(desk: Desk): string {
  const parts = desk.modules.map(
    ({ contract }) => `
    <section><h2 id="${contract.name}">${contract.name}</h2><p>${escape(contract.about)}</p><table><thead><tr><th>Verb</th><th>Request</th><th>What it does</th><th>Needs</th></tr></thead><tbody>
    ${Object.entries(contract.verbs)
      .map(
        ([name, verb]) =>
          `<tr><td><code>${name}</code></td><td><code>${verb.method} /api/v1${escape(verb.path)}</code></td><td>${escape(verb.about)}</td><td>${escape(verb.can)}</td></tr>`,
      )
      .join('')}
    </tbody></table></section>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>API · Quarterdeck</title>
    <style nonce="__NONCE__">:root{color-scheme:light dark}body{font:14px/20px system-ui,sans-serif;max-width:1000px;margin:32px auto;padding:0 24px}table{width:100%;border-collapse:collapse}
    td,th{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid #8884;vertical-align:top}code{font:12px ui-monospace,monospace}h2{margin-top:32px}</style></head>
    <body><main><h1>Quarterdeck API</h1><p>JSON over HTTP; refusals are problem documents (RFC 9457) with a sentence. Send <code>Authorization: Bearer qd_…</code>. The machine-readable description is <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>${parts.join('')}</main></body></html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
}
