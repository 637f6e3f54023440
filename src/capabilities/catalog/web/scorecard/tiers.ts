/** The tiers behind a filter in the address: '', '1', '2' or '3' for the rest. */
export function tiersAsked(said: string): { readonly tier?: number[] } {
  if (said === '3') return { tier: [3, 4] };
  return said === '1' || said === '2' ? { tier: [Number(said)] } : {};
}
