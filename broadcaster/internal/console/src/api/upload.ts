// Uploading one file. fetch cannot tell how far an upload has come; XMLHttpRequest can.
import { headers, Refusal, refusalOf, signedOut, unreachable } from './call'
import type { Clip } from './schema'

export interface Upload {
  /** Resolves with the recording as it was taken in; rejects with a Refusal. */
  done: Promise<Clip>
  cancel(): void
}

/** Sends file. onProgress hears the share that has left this device, 0 to 1. */
export function upload(file: Blob, title: string, dialect: string, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest()
  const done = new Promise<Clip>((resolve, reject) => {
    request.open('POST', `/api/clips?${new URLSearchParams({ title, dialect })}`)
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = (e) => {
      if (e.lengthComputable && e.total > 0) onProgress(e.loaded / e.total)
    }
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText) as Clip)
        return
      }
      if (request.status === 401) signedOut.handler()
      reject(refusalOf(request.status, request.responseText))
    }
    request.onerror = () => reject(unreachable())
    request.onabort = () => reject(new Refusal(0, 'cancelled', ''))
    request.send(file)
  })
  return { done, cancel: () => request.abort() }
}
