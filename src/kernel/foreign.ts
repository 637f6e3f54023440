import * as z from 'zod';

/** Reading of documents that other systems wrote: what is not of the shape asked for is empty, never an error. */
type Fields = Readonly<Record<string, unknown>>;

export const fields = (value: unknown): Fields => z.record(z.string(), z.unknown()).catch({}).parse(value);
export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '');
export const number = (value: unknown): number | undefined => (value !== null && value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined);

/** A document that cannot be read, with the sentence on what to do. */
export class Unreadable extends Error {}
