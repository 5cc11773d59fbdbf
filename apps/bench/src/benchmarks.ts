import type { Benchmark } from './benchmark.ts'
import { bbvi } from './bbvi/bbvi.ts'
import { compile } from './compile/compile.ts'
import { distributions } from './distributions/distributions.ts'
import { engines } from './engines/engines.ts'
import { gmm } from './gmm/gmm.ts'
import { matmul } from './matmul/matmul.ts'
import { memory } from './memory/memory.ts'
import { mnistMixtures } from './mnist/mnistMixtures.ts'
import { onnx } from './onnx/onnx.ts'
import { digits } from './digits/digits.ts'
import { digitSpeed } from './digits/digitSpeed.ts'
import { convolutionalVae } from './vae/convolutionalVae.ts'
import { vae } from './vae/vae.ts'

/** Every benchmark, in the order in which they run. */
export const benchmarks: readonly Benchmark[] = [
  gmm,
  memory,
  mnistMixtures,
  distributions,
  compile,
  matmul,
  bbvi,
  vae,
  convolutionalVae,
  digitSpeed,
  digits,
  onnx,
  engines,
]
