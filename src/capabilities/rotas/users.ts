import type { Ref } from '#kernel/contract.ts';
import type { Read, Write } from '#kernel/desk.ts';

type Asked = Pick<Read | Write, 'db' | 'actor'>;
type Users = (ctx: Asked, rotaId: string) => Promise<readonly Ref[]>;

const registered: Users[] = [];

/** Called once at load by a capability that pages rotas: which of its records name this one. A rota that is used is not retired. */
export function registerRotaUsers(users: Users): void {
  registered.push(users);
}

export async function usersOf(ctx: Asked, rotaId: string): Promise<Ref[]> {
  return (await Promise.all(registered.map((users) => users(ctx, rotaId)))).flat();
}
