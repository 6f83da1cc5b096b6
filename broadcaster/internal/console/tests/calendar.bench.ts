// A week that is as full as the broadcaster lets it be: 7 × 500 slots, from the answer to the blocks.
import { bench } from 'vitest'
import { Axis } from '@/calendar/axis'
import { clockOf } from '@/calendar/clock'
import { layout } from '@/calendar/layout'
import { stretchesOf } from '@/calendar/slot'
import { dayOf, slotOf } from './plan'
import { zone } from './town'

const day = '2026-01-23'
const slots = Array.from({ length: 500 }, (_, i) => slotOf(day, clockOf(300 + Math.floor((i * 1_080) / 500)), { round: `r${i % 25}` }))

bench('a full week', () => {
  for (let i = 0; i < 7; i++) layout(stretchesOf(dayOf(day), slots, zone), { axis: new Axis(4, true), least: 2.75, most: 2 })
})
