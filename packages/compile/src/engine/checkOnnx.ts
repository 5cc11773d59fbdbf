import { UnsupportedError } from '@variate/core'
import type { Settings } from '../graph/settings.ts'

/** @throws UnsupportedError for results that are to be the same bits everywhere, which ONNX Runtime does not promise. */
export function checkOnnx({ reproducible }: Pick<Settings, 'reproducible'>, who: string): void {
  if (!reproducible) return
  throw new UnsupportedError(
    `${who}: reproducible is for the wasm engine, and engine is 'onnx', whose last bits differ by machine: use engine 'wasm', or leave ` +
      'reproducible out',
  )
}
