/** Whether two loads of the store say the same. What the store caches is the same object, so this is mostly quick. */
export function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, index) => alike(one, b[index]));
  if (a instanceof Map) return b instanceof Map && alike([...a], [...b]);
  if (a instanceof Set) return b instanceof Set && alike([...a], [...b]);
  return isPlain(a) && isPlain(b) && alike(Object.keys(a), Object.keys(b)) && Object.keys(a).every((key) => alike(a[key], b[key]));
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
