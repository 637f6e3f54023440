import { parentPort, workerData } from 'node:worker_threads';
import { readSource, type ImporterName } from '../importers/index.ts';
import type { InputFile } from '../importers/reading.ts';

const { format, files, options } = workerData as { format: ImporterName; files: readonly InputFile[]; options: unknown };
parentPort?.postMessage(readSource(format, files, options));
