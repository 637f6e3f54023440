import type * as z from 'zod';
import type { In, Out, Verb } from '#kernel/contract.ts';
import type { Module, Read } from '#kernel/desk.ts';

/** Answers a reading verb of another capability for the same viewer, as the wire would: `verb` must be one of `module`'s. */
export async function ask<V extends Verb>(ctx: Read, to: { readonly module: Module; readonly name: string; readonly verb: V }, input: In<V>): Promise<Out<V>> {
  const action = to.module.actions[to.name];
  if (!action) throw new Error(`${to.module.contract.name} has no verb ${to.name}`);
  return action(ctx, (to.verb.input as unknown as z.ZodType).parse(input)) as Promise<Out<V>>;
}
