import { checkpointFile } from '@variate/inference'

// Saves a file of some bytes, then one that is larger than files may be in this process.

/** What the second save was refused with. */
export interface Refused {
  readonly code: string
  readonly message: string
}

const [path = '', least = '', most = ''] = process.argv.slice(2)
const file = checkpointFile(path)
await file.save(new Uint8Array(Number(least)).fill(1))
await file.save(new Uint8Array(Number(most)).fill(2)).catch((error: Error & { code?: string }) => {
  process.stdout.write(JSON.stringify({ code: error.code, message: error.message }))
})
