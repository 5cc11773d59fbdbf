import '@tensorflow/tfjs-backend-cpu'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Benchmark } from '../benchmark.ts'
import { environment } from '../peer/environment.ts'
import { PythonProcess } from '../peer/pythonProcess.ts'
import type { Plain } from './data.ts'
import { differenceOf } from './differences.ts'
import { PROGRAMS } from './programs.ts'

/** How far results may be from compiled code's, as parts of the largest number: those of float32, after a few operations. */
export const TOLERANCE = 2e-6

interface Answer {
  readonly outputs: Readonly<Record<string, Plain>>
}

/** Models that `toOnnx` made: Python's checker must accept them, and Python's ONNX Runtime give what compiled code gives. */
export const onnx: Benchmark = {
  name: 'onnx',
  about: 'models of toOnnx in Python: checked, and run to the same result',
  run: async ({ status }) => {
    const python = await environment(status)
    const peer = new PythonProcess(python, ['onnx_check.py'], { who: 'ONNX Runtime' })
    const folder = await mkdtemp(join(tmpdir(), 'variate-onnx-'))
    const rows: { readonly name: string; readonly bytes: number; readonly difference: number }[] = []
    try {
      const versions = (await peer.ask('versions', {})) as Record<string, string>
      for (const [i, make] of PROGRAMS.entries()) {
        const { name, model, inputs, expected } = await make()
        status(name)
        const path = join(folder, `${i}.onnx`)
        await writeFile(path, model)
        const { outputs } = (await peer.ask('run', { path, inputs })) as Answer
        const gaps = Object.entries(expected).map(([output, truth]) => differenceOf(outputs[output], truth))
        const isAll = Object.keys(outputs).length === gaps.length
        rows.push({ name, bytes: model.length, difference: isAll ? Math.max(...gaps) : Infinity })
      }
      return {
        title: 'Programs as ONNX models, in Python',
        header: ['program', 'bytes', 'largest difference'],
        rows: rows.map(({ name, bytes, difference }) => [name, String(bytes), difference.toExponential(0)]),
        notes: [
          `All are accepted by \`onnx.checker\` with \`full_check\` and run by Python's ONNX Runtime (onnx ${versions['onnx']!}, onnxruntime ${versions['onnxruntime']!}).`,
          'Differences are from compiled code, of each result as a part of its largest number.',
        ],
        failures: rows
          .filter(({ difference }) => !(difference <= TOLERANCE))
          .map(({ name, difference }) => `${name}: results differ by ${difference}`),
        record: { versions, rows },
      }
    } finally {
      peer.close()
      await rm(folder, { recursive: true, force: true })
    }
  },
}
