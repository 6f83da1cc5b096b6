// What a map shows and from how near: the state behind TownMap.
import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch, type Ref } from 'vue'
import type { Outline } from '@/api/schema'
import { middleOf, Plane, type Point, type Spot } from './projection'
import { around, boxOf, pointsOf, shapesOf, type Box } from './shapes'
import { fitted, panned, screenOf, spotAt, zoomed, type Size, type View } from './view'

/** Something with a name that stands somewhere. */
export interface Named {
  key: string
  text: string
  point: Point
}

export interface ViewportOptions {
  outlines: readonly Outline[]
  names?: readonly Named[]
  /** The place that is chosen. */
  marker?: Point
  /** How much around the marker is shown at first, in metres. */
  reach?: number
  /** Code of the grid that is shown at first where there is no marker. */
  within?: string
}

// Households are only dots, and too many to draw from farther away, in px of a metre.
const pointsFrom = 0.06
// So are the grids below the villages.
const smallFrom = 0.035

/** Until the person moves the map it shows what is first to be seen. frame is what it is drawn in. */
export function useViewport(options: ViewportOptions, frame: Ref<HTMLElement | undefined>) {
  const size = shallowRef<Size>({ width: 340, height: 300 })
  // The height of a name, in px: it grows with the person's text size.
  const em = ref(13)
  const moved = shallowRef<View | null>(null)

  const plane = computed<Plane | null>((old) => {
    const places = options.outlines.length > 0 ? pointsOf(options.outlines) : (options.names ?? []).map((n) => n.point)
    const centre = middleOf(places) ?? options.marker
    if (centre === undefined) return null
    const same = old?.centre.lat === centre.lat && old.centre.lon === centre.lon
    return same ? old : new Plane(centre)
  })
  const shapes = computed(() => (plane.value === null ? [] : shapesOf(options.outlines, plane.value)))
  const areas = computed(() => shapes.value.filter((s) => s.kind === 'area'))
  const drawn = computed(() => areas.value.filter((s) => s.level < 2 || view.value.scale >= smallFrom))
  const points = computed(() => (view.value.scale < pointsFrom ? [] : shapes.value.filter((s) => s.kind === 'points' && visible(s.box))))

  const whole = computed<Box>(() => {
    const boxes = areas.value.length > 0 ? areas.value : shapes.value
    if (boxes.length > 0) return boxOf(boxes.flatMap(({ box }) => [{ x: box.left, y: box.top }, { x: box.right, y: box.bottom }]))
    const spots = (options.names ?? []).map((n) => plane.value!.spotOf(n.point))
    return spots.length > 1 ? boxOf(spots) : around({ x: 0, y: 0 }, 1_000)
  })
  const first = computed<Box>(() => {
    if (options.marker !== undefined && plane.value !== null) return around(plane.value.spotOf(options.marker), (options.reach ?? 300) * 3)
    return shapes.value.find((s) => s.code === options.within)?.box ?? whole.value
  })
  const view = computed(() => moved.value ?? fitted(first.value, size.value))

  watch(plane, () => (moved.value = null))
  watch(
    () => options.within,
    () => options.marker === undefined && (moved.value = null),
  )
  // A marker that was put beyond the edge is followed.
  watch(
    () => options.marker,
    (now) => {
      if (now === undefined || plane.value === null || moved.value === null) return
      const spot = plane.value.spotOf(now)
      const { x, y } = screenOf(moved.value, size.value, spot)
      if (x < 0 || y < 0 || x > size.value.width || y > size.value.height) moved.value = { ...moved.value, centre: spot }
    },
  )

  function visible(box: Box): boolean {
    const least = spotAt(view.value, size.value, { x: 0, y: 0 })
    const most = spotAt(view.value, size.value, { x: size.value.width, y: size.value.height })
    return box.right >= least.x && box.left <= most.x && box.bottom >= least.y && box.top <= most.y
  }

  /** Where a place is on the screen, in px. */
  function at(point: Point): Spot {
    return plane.value === null ? { x: 0, y: 0 } : screenOf(view.value, size.value, plane.value.spotOf(point))
  }

  /** Whether that changed anything. */
  function zoom(factor: number, where?: Spot): boolean {
    const next = zoomed(view.value, size.value, factor, where)
    if (next === view.value) return false
    moved.value = next
    return true
  }

  function pan(by: Spot): void {
    moved.value = panned(view.value, by)
  }

  function showWhole(): void {
    moved.value = fitted(whole.value, size.value)
  }

  /** Leaves the view as it is, whatever is first to be seen later. */
  function hold(): void {
    moved.value = view.value
  }

  /** Shows again what is first to be seen. */
  function follow(): void {
    moved.value = null
  }

  function measure(): void {
    const { clientWidth: width = 0, clientHeight: height = 0 } = frame.value ?? {}
    if (width > 0 && height > 0) size.value = { width, height }
    em.value = (parseFloat(getComputedStyle(document.documentElement).fontSize) || 16) * 0.8125
  }

  let observer: ResizeObserver | undefined
  onMounted(() => {
    if (typeof ResizeObserver === 'undefined') return measure()
    observer = new ResizeObserver(measure)
    // The frame is there only when there is something to show.
    watch(frame, (now, was) => (was && observer!.unobserve(was), now && (measure(), observer!.observe(now))), { immediate: true })
  })
  onBeforeUnmount(() => observer?.disconnect())

  return { size, em, plane, areas: drawn, points, view, at, zoom, pan, hold, follow, showWhole }
}
