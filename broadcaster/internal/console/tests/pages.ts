// Pages as people find them: at a desk or on a phone, under an address, with what the broadcaster answers.
import { flushPromises, mount } from '@vue/test-utils'
import { vi } from 'vitest'
import type { Component } from 'vue'
import { broadcaster, routerAt, type Request } from './town'

/** Gives the page the room of a desk, or of a phone. */
export function room(wide: boolean): void {
  vi.stubGlobal('matchMedia', () => ({ matches: wide, addEventListener: () => {}, removeEventListener: () => {} }))
}

/** Opens page at path. answers are those of the broadcaster. */
export async function open(page: Component, path: string, answers: Record<string, unknown>, props: Record<string, string> = {}) {
  const requests = broadcaster(answers)
  const router = await routerAt(path)
  const wrapper = mount(page, { props, global: { plugins: [router] }, attachTo: document.body })
  await settle()
  return { wrapper, requests, router }
}

/** The button of that name, wherever it stands. */
export const button = (name: string) => [...document.querySelectorAll('button')].find((b) => (b.getAttribute('aria-label') ?? b.textContent!.trim()).startsWith(name))!
export const dialog = () => document.querySelector('[role=dialog]')?.textContent ?? ''
/** Until answers and ways have arrived. */
export async function settle(): Promise<void> {
  await flushPromises()
  await vi.advanceTimersByTimeAsync(1)
  await flushPromises()
}

/** What was asked by method: path and body. */
export const sent = (requests: Request[], method: string) => requests.filter((r) => r.method === method).map((r) => [r.path, r.body])

export async function press(name: string): Promise<void> {
  button(name).click()
  await settle()
}
