// The way to one terminal's day, with the minute that is meant.
import type { RouteLocationRaw } from 'vue-router'
import { civilOf } from '@/time/civil'

export function timelineOf(terminal: string, at: string, zone: string): RouteLocationRaw {
  return { path: `/terminals/${terminal}`, query: { day: civilOf(new Date(at), zone).day, at } }
}
