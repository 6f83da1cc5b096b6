// Writing sound as a WAV file.

const headerBytes = 44

/** One channel of samples, full scale ±1, as 16 bits. What is louder than full scale is turned down as a whole, so that nothing is cut off. */
export function wavOf(samples: Float32Array, rate: number): Blob {
  let peak = 1
  for (const v of samples) {
    const size = Math.abs(v)
    if (size > peak) peak = size
  }
  const file = new DataView(new ArrayBuffer(headerBytes + 2 * samples.length))
  header(file, samples.length, rate)
  for (let i = 0; i < samples.length; i++) {
    file.setInt16(headerBytes + 2 * i, Math.round((samples[i]! / peak) * 0x7fff), true)
  }
  return new Blob([file.buffer], { type: 'audio/wav' })
}

/** One channel of samples that are 16 bits already, the low byte first. */
export function wavOfPCM(pcm: Uint8Array, rate: number): Blob {
  const file = new DataView(new ArrayBuffer(headerBytes + pcm.length))
  header(file, pcm.length >> 1, rate)
  new Uint8Array(file.buffer).set(pcm, headerBytes)
  return new Blob([file.buffer], { type: 'audio/wav' })
}

function header(file: DataView, frames: number, rate: number): void {
  const text = (at: number, s: string) => [...s].forEach((c, i) => file.setUint8(at + i, c.charCodeAt(0)))
  text(0, 'RIFF')
  file.setUint32(4, headerBytes - 8 + 2 * frames, true)
  text(8, 'WAVEfmt ')
  file.setUint32(16, 16, true)
  file.setUint16(20, 1, true)
  file.setUint16(22, 1, true)
  file.setUint32(24, rate, true)
  file.setUint32(28, 2 * rate, true)
  file.setUint16(32, 2, true)
  file.setUint16(34, 16, true)
  text(36, 'data')
  file.setUint32(40, 2 * frames, true)
}

/** The mean of all channels. */
export function mono(channels: readonly Float32Array[]): Float32Array {
  const [first] = channels
  if (first === undefined) return new Float32Array(0)
  if (channels.length === 1) return first
  const sum = new Float32Array(first.length)
  for (const channel of channels) for (let i = 0; i < sum.length; i++) sum[i]! += channel[i]! / channels.length
  return sum
}
