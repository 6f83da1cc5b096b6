// Civil time in the town's zone. Officials' phones may stand in any zone, and their clocks may be wrong.

export interface Civil {
  /** As 2026-01-23. */
  day: string
  hour: number
  minute: number
  second: number
  /** 1 for Monday to 7 for Sunday. */
  weekday: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(zone: string): Intl.DateTimeFormat {
  let f = formats.get(zone)
  if (f === undefined) {
    f = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, f)
  }
  return f
}

export function civilOf(at: Date, zone: string): Civil {
  const part: Record<string, string> = {}
  for (const { type, value } of format(zone).formatToParts(at)) part[type] = value
  const day = `${part.year}-${part.month}-${part.day}`
  return {
    day,
    hour: Number(part.hour) % 24,
    minute: Number(part.minute),
    second: Number(part.second),
    weekday: weekdayOf(day),
  }
}

/** The instant of a civil time in zone. time is 06:30 or 06:30:15. */
export function instantOf(day: string, time: string, zone: string): Date {
  const wanted = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`)
  let at = wanted
  // The offset at the guess is the offset at the answer after at most two steps.
  for (let i = 0; i < 2; i++) {
    const c = civilOf(new Date(at), zone)
    at += wanted - Date.parse(`${c.day}T${two(c.hour)}:${two(c.minute)}:${two(c.second)}Z`)
  }
  return new Date(at)
}

export function addDays(day: string, n: number): string {
  return new Date(Date.parse(`${day}T12:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10)
}

/** Days from a to b. */
export function daysBetween(a: string, b: string): number {
  return Math.round((Date.parse(`${b}T12:00:00Z`) - Date.parse(`${a}T12:00:00Z`)) / 86_400_000)
}

export function weekdayOf(day: string): number {
  return new Date(`${day}T12:00:00Z`).getUTCDay() || 7
}

export function two(n: number): string {
  return String(n).padStart(2, '0')
}
