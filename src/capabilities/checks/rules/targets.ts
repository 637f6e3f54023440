/** A place that is asked whether the desk itself reaches anything. */
export type Target =
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'ping'; readonly host: string };

/** One target a line: an address of the web, `host:port` for a connection, `host` alone for a ping. Blank lines are passed over. */
export function readTargets(text: string): readonly Target[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readTarget);
}

function readTarget(line: string): Target {
  if (/^[a-z]+:\/\//i.test(line)) return { kind: 'http', url: line };
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|([^:]+)):(\d+)$/.exec(line) ?? [];
  if (port !== undefined) return { kind: 'tcp', host: bracketed ?? plain ?? '', port: Number(port) };
  return { kind: 'ping', host: line.replace(/^\[(.+)\]$/, '$1') };
}

export function writeTargets(targets: readonly Target[]): string {
  return targets.map(writeTarget).join('\n');
}

function writeTarget(target: Target): string {
  if (target.kind === 'http') return target.url;
  if (target.kind === 'ping') return target.host;
  return target.host.includes(':') ? `[${target.host}]:${target.port}` : `${target.host}:${target.port}`;
}
