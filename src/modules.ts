import type { Module } from '#kernel/desk.ts';
import records from '#kernel/records/index.ts';
import people from '#capabilities/people/index.ts';
import notify from '#capabilities/notify/index.ts';

/** Every capability, in dependency order: each may use those above it. */
export const modules: readonly Module[] = [records, people, notify];
