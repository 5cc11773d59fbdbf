import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { LISTED } from './listed.ts'

const files = new Set(Object.values(LISTED).map(({ file }) => file))
const sourceOf = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../src/${file}`, import.meta.url)), 'utf8')
/** Without comments, in which anything may be named. */
const codeOf = (file: string): string =>
  sourceOf(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\/\/.*$/gm, '')

test.each([...files])(
  'a model is one declaration, with no training and no gradient of its own: %s',
  (file) => {
    const code = codeOf(file)
    expect(code.match(/\bmodel\(/g)).toHaveLength(1)
    // Of TensorFlow.js types alone; derivatives, loops and optimisers are what fits a model, not what declares one.
    const imports = [...code.matchAll(/import (type )?[^']*'([^']+)'/g)]
    expect(imports.length).toBeGreaterThan(2)
    for (const [, isType, from] of imports) {
      const allowed = /^@variate\/(core|distributions|families|language)(\/ops|\/internal)?$|^\.\.?\//
      expect(isType !== undefined || allowed.test(from!), `${file} imports ${from}`).toBe(true)
    }
    expect(code).not.toMatch(
      /\b(grad|grads|valueAndGrad|valueAndGrads|variableGrads|customGrad|minimize|optimizer)\b/,
    )
    expect(code).not.toMatch(/\b(for|while) ?\(|\bdo \{|\b(await|async)\b/)
  },
)
