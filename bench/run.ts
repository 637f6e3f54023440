import { round, type Outcome } from './figures.ts';
import { machineOf } from './machine.ts';

const benches: Readonly<Record<string, () => Promise<{ run(): Promise<Outcome> }>>> = {
  start: () => import('./start.ts'),
  read: () => import('./read.ts'),
  create: () => import('./create.ts'),
  'page-latency': () => import('./page-latency.ts'),
  growth: () => import('./growth.ts'),
  ingest: () => import('./ingest.ts'),
  checks: () => import('./checks.ts'),
  impact: () => import('./impact.ts'),
  paging: () => import('./paging.ts'),
  rota: () => import('./rota.ts'),
  status: () => import('./status.ts'),
};

/** `npm run bench -- NAME [--json]`: 0 every target met, 1 one missed, 2 used wrongly. */
async function main(parameters: readonly string[]): Promise<number> {
  const names = parameters.filter((one) => !one.startsWith('--'));
  const unknown = names.find((name) => !(name in benches)) ?? parameters.find((one) => one.startsWith('--') && one !== '--json');
  if (unknown !== undefined || names.length === 0) {
    process.stderr.write(`${unknown ? `There is no ${unknown}. ` : ''}npm run bench -- NAME … [--json], where NAME is one of ${Object.keys(benches).join(', ')}\n`);
    return 2;
  }
  let missed = 0;
  for (const name of names) {
    const machine = machineOf();
    const outcome = await (await benches[name]?.())?.run();
    if (!outcome) continue;
    missed += outcome.targets.filter((target) => !target.met).length;
    process.stdout.write(
      parameters.includes('--json') ? `${JSON.stringify({ ...outcome, figures: rounded(outcome.figures), ratios: rounded(outcome.ratios), machine })}\n` : shown(outcome, machine),
    );
  }
  return missed === 0 ? 0 : 1;
}

function rounded(figures: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, round(value)]));
}

function shown({ name, figures, ratios, targets }: Outcome, machine: object): string {
  const lines = Object.entries({ ...figures, ...ratios }).map(([key, value]) => `  ${key.padEnd(30)} ${round(value)}`);
  const verdicts = targets.map((target) => `  ${target.met ? 'met   ' : 'MISSED'} ${target.says} (${target.value})`);
  return [`${name}  ${JSON.stringify(machine)}`, ...lines, ...verdicts, ''].join('\n');
}

process.exitCode = await main(process.argv.slice(2));
