// A recording's outline as a path. The picture is as wide as there are points, and 200 high.

export type Points = readonly (readonly number[])[]

export const height = 200

/** Along the highest samples, and back along the lowest. Silence is a thin line. */
export function pathOf(points: Points): string {
  const at = (i: number, v: number) => `${i} ${height / 2 - v}`
  const there = points.map((p, i) => at(i, Math.max(p[1] ?? 0, 1)))
  const back = points.map((p, i) => at(i, Math.min(p[0] ?? 0, -1))).reverse()
  return points.length === 0 ? '' : `M${[...there, ...back].join('L')}Z`
}
