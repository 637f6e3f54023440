function instantsAgree(actual: unknown, expected: unknown): boolean {
  return typeof actual === 'number' && typeof expected === 'string' && Date.parse(expected) === actual;
}

/** Objects in the expectation are subsets of the answer; lists and plain values must be equal; an epoch ms equals the text of its instant. */
export function agrees(actual: unknown, expected: unknown): boolean {
  if (Object.is(actual, expected) || instantsAgree(actual, expected)) return true;
  if (Array.isArray(expected)) {
    return Array.isArray(actual) && actual.length === expected.length && expected.every((item, i) => agrees(actual[i], item));
  }
  if (typeof expected !== 'object' || expected === null || typeof actual !== 'object' || actual === null) return false;
  return Object.entries(expected).every(([name, value]) => agrees((actual as Record<string, unknown>)[name], value));
}
