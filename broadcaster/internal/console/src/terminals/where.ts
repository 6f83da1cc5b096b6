// Where this device stands, from its browser.
import { t } from '@/words'
import { rounded, type Point } from '@/map/projection'

// A phone that has no answer by then has no sky.
const patience = 8_000

/** A place and how far it may be off, in metres. */
export interface Fix {
  point: Point
  error: number
}

/** Whether the browser would tell at all: it does so only on a safe connection. */
export function canLocate(): boolean {
  return globalThis.isSecureContext !== false && 'geolocation' in navigator
}

/** Asks the device. Rejects with a sentence. */
export function locate(): Promise<Fix> {
  return new Promise((resolve, reject: (sentence: string) => void) => {
    // Some browsers keep no time themselves while they wait for the person's leave.
    const late = setTimeout(() => reject(t('map.noFix')), patience + 1_000)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        clearTimeout(late)
        resolve({ point: rounded({ lat: coords.latitude, lon: coords.longitude }), error: Math.round(coords.accuracy) })
      },
      (error) => {
        clearTimeout(late)
        reject(t(error.code === error.PERMISSION_DENIED ? 'map.denied' : 'map.noFix'))
      },
      { enableHighAccuracy: true, timeout: patience, maximumAge: 0 },
    )
  })
}
