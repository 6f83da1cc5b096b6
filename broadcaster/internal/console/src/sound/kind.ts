// What a file is, by its first bytes. WeChat and phones give recordings any name.

export const headBytes = 16

/**
 * `ready` is what the broadcaster reads; `amr` and `silk` are voice messages; `other` may hold sound that this browser can
 * decode; `none` is certainly no recording.
 */
export type Kind = 'ready' | 'amr' | 'silk' | 'other' | 'none'

export function kindOf(head: Uint8Array): Kind {
  const text = String.fromCharCode(...head)
  const starts = (s: string, at = 0) => text.startsWith(s, at)
  // WeChat puts a byte before it.
  if (starts('#!SILK') || starts('\x02#!SILK')) return 'silk'
  if (starts('#!AMR\n')) return 'amr'
  if (starts('RIFF') && starts('WAVE', 8)) return 'ready'
  if (starts('fLaC') || starts('ID3')) return 'ready'
  // MPEG layer III; the broadcaster says so when it is of a kind that it cannot read.
  if (head.length > 1 && head[0] === 0xff && (head[1]! & 0xe6) === 0xe2) return 'ready'
  if (starts('OggS')) return 'ready'
  if (starts('\xff\xd8\xff') || starts('\x89PNG') || starts('GIF8') || starts('%PDF') || starts('PK\x03\x04')) return 'none'
  return 'other'
}

/** Refusals that mean: the broadcaster does not read this form, but a browser may. */
export const unread: ReadonlySet<string> = new Set(['form_unread', 'form_video', 'wav_format', 'wav_format_unknown', 'wav_bits', 'flac_bits'])
