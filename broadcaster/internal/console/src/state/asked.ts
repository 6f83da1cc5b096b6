// What the address asks a page for, after the question mark: who comes back to the page finds it as he left it, and what
// is on screen can be sent to somebody else.
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** Of what is not asked, the value is empty. ask changes some of it; the page stays. */
export function useAsked<Name extends string>(names: readonly Name[]) {
  const route = useRoute()
  const router = useRouter()
  const path = route.path
  const asked = computed<Record<Name, string>>((before) => {
    // On the way to another page the address is not this page's any more.
    if (before !== undefined && route.path !== path) return before
    const found = {} as Record<Name, string>
    for (const name of names) found[name] = typeof route.query[name] === 'string' ? route.query[name] : ''
    return found
  })

  function ask(change: Partial<Record<Name, string>>): void {
    const wanted: Record<string, string> = { ...asked.value, ...change }
    const query = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== ''))
    void router.replace({ query })
  }

  return { asked, ask }
}

/** day, if it is one that a person may have meant, else otherwise. */
export function dayOr(day: string, otherwise: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : otherwise
}
