import { expect, test } from 'vitest'
import * as compile from '@variate/compile'
import * as core from '@variate/core'
import * as data from '@variate/data'
import * as distributions from '@variate/distributions'
import * as estimators from '@variate/estimators'
import * as families from '@variate/families'
import * as inference from '@variate/inference'
import * as language from '@variate/language'
import * as models from '@variate/models'
import * as autoencoders from '@variate/models/autoencoders'
import * as deep from '@variate/models/deep'
import * as regressions from '@variate/models/regressions'
import * as plot from '@variate/plot'
import * as variate from 'variate'

test('the umbrella exports every value of every package, and nothing else', () => {
  const all = {
    ...compile,
    ...core,
    ...data,
    ...distributions,
    ...estimators,
    ...families,
    ...inference,
    ...language,
    ...models,
    ...autoencoders,
    ...deep,
    ...regressions,
    ...plot,
  }
  expect({ ...variate }).toEqual(all)
})

test('no two packages export the same name', () => {
  const names = [
    compile,
    core,
    data,
    distributions,
    estimators,
    families,
    inference,
    language,
    models,
    autoencoders,
    deep,
    regressions,
    plot,
  ].flatMap((module) => Object.keys(module))
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
