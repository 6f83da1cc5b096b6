/** list with the items at a and b exchanged. */
export function swapped<T>(list: readonly T[], a: number, b: number): T[] {
  const next = [...list]
  const [x, y] = [next[a], next[b]]
  if (x === undefined || y === undefined) return next
  next[a] = y
  next[b] = x
  return next
}
