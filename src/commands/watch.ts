import { connection } from './connection.ts';
import { readFlags } from './usage.ts';

interface Event {
  readonly words: string;
  readonly at: string;
  readonly actor: { readonly title: string } | null;
  readonly record: { readonly number: string; readonly title: string } | null;
}

/** `qd watch [--json]`: each entry of the log as it happens, until Ctrl-C; goes on where it was when the line breaks. */
export async function watch(parameters: readonly string[]): Promise<void> {
  const json = readFlags(parameters).named.has('json');
  const { url, token } = connection();
  let last = '';
  for (;;) {
    const response = await fetch(`${url}/api/v1/events`, { headers: { authorization: `Bearer ${token}`, ...(last ? { 'last-event-id': last } : {}) } }).catch(() => undefined);
    if (response && !response.ok) throw new Error(`the desk answered ${response.status}: ${await response.text()}`);
    if (!response?.body) process.stderr.write('The desk does not answer; trying again.\n');
    else {
      if (last === '') process.stderr.write(`Following ${url}. Ctrl-C ends.\n`);
      for await (const [id, data] of eventsOf(response.body)) {
        last = id || last;
        process.stdout.write(json ? `${data}\n` : lineOf(JSON.parse(data) as Event));
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<[string, string]> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end);
      text = text.slice(end + 2);
      if (/^event: entry$/m.test(block)) yield [/^id: (.*)$/m.exec(block)?.[1] ?? '', /^data: (.*)$/m.exec(block)?.[1] ?? '{}'];
    }
  }
}

function lineOf({ words, at, actor, record }: Event): string {
  const time = new Date(at).toTimeString().slice(0, 8);
  return `${time}  ${(record?.number ?? '').padEnd(9)} ${[actor?.title ?? 'Quarterdeck', words].join(' ')}${record ? `: ${record.title}` : ''}\n`;
}
