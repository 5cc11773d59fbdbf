import type { Applied } from '../applied.ts'
import { decoderModel } from './decoderModel.ts'
import { encoderModel } from './encoderModel.ts'

/** A part of a fit as an ONNX model, of any number of examples. */
export function toOnnx(applied: Applied, part: 'encoder' | 'decoder', who: string): Uint8Array<ArrayBuffer> {
  return part === 'encoder' ? encoderModel(applied, who) : decoderModel(applied)
}
