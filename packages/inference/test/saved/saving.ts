import { checkpointFile } from '@variate/inference'

// Saves a file of some bytes, then one of others, and tells why it could not.

/** What a save was refused with. */
export interface Refused {
  readonly code: string
  readonly message: string
}

const [path = '', least = '', most = ''] = process.argv.slice(2)
const file = checkpointFile(path)
try {
  await file.save(new Uint8Array(Number(least)).fill(1))
  await file.save(new Uint8Array(Number(most)).fill(2))
} catch (error) {
  const { code, message } = error as Error & { code?: string }
  process.stdout.write(JSON.stringify({ code, message }))
}
