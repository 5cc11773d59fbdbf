import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, NdArray, UnsupportedError } from '@variate/core'
import { contextOf, within } from '../nested.ts'
import type { Network, NetworkParams } from '../network.ts'
import { leadingOf } from '../shapes.ts'
import type { LayersCall, LayersModel, LayersModelParams, LayersTensor, ModelLayer } from './layersModel.ts'
import { refused } from './refused.ts'
import { frozen, ofNetwork, withFixed, type Translation } from './translation.ts'
import { TRANSLATIONS } from './translations.ts'

/** A call of a layer: which of the values before it takes. */
interface Call {
  readonly layer: ModelLayer
  readonly from: readonly number[]
  readonly translation: Translation
}

/**
 * A model of `@tensorflow/tfjs-layers`, sequential or functional, as a network: it begins with the model's weights, whatever the key,
 * and is computed with the operations of this library, so that it is compiled, differentiated and batched as any other. The model
 * is only read, and never changed.
 *
 * Parameters are by the names of layers. Of layers that are not `trainable` they are constants.
 *
 * @param model with one input and one output, all of whose axes but the first have lengths.
 * @throws DomainError for a model that is not built; UnsupportedError for layers that couple the examples of a batch, such as batch
 *   normalisation or what is stateful, and for those that have no counterpart here: it names the layer, and what to use.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { layers, sequential } from '@tensorflow/tfjs-layers'
 * import { key } from '@variate/core'
 * import { fromLayersModel } from '@variate/language'
 *
 * const model = sequential({
 *   layers: [
 *     layers.dense({ units: 8, activation: 'relu', inputShape: [2], name: 'hidden' }),
 *     layers.dense({ units: 3, name: 'last' }),
 *   ],
 * })
 * const network = fromLayersModel(model)
 * network.output // => [3]
 * Object.keys(network.init(key(0))) // => ['hidden', 'last']
 * model.add(layers.batchNormalization({ name: 'norm' }))
 * fromLayersModel(model) // => throws 'layer "norm" (BatchNormalization)'
 * model.dispose()
 * ```
 */
export function fromLayersModel(model: LayersModel): Network<LayersModelParams> {
  const who = `fromLayersModel: model "${model.name}"`
  const [input, output] = [endOf(model.inputs, 'input', who), endOf(model.outputs, 'output', who)]
  const calls: Call[] = []
  const places = new Map<number, number>([[input.id, 0]])
  const translated = new Map<ModelLayer, Translation>()
  const place = (tensor: LayersTensor): number => {
    const known = places.get(tensor.id)
    if (known !== undefined) return known
    const { sourceLayer: layer, nodeIndex } = tensor
    const name = `${who}: layer "${layer.name}" (${layer.getClassName()})`
    const { inputTensors, outputTensors } = layer.inboundNodes[nodeIndex] as LayersCall
    if (outputTensors.length !== 1)
      throw new UnsupportedError(`${name}: it gives ${outputTensors.length} tensors, only one is taken`)
    const from = inputTensors.map(place)
    const translation = translated.get(layer) ?? translationOf(layer, inputTensors, tensor, name)
    translated.set(layer, translation)
    calls.push({ layer, from, translation })
    places.set(tensor.id, calls.length)
    return calls.length
  }
  const last = place(output)
  const params = Object.fromEntries(
    [...translated].flatMap(([{ name }, { params: own }]) =>
      own && Object.keys(own).length > 0 ? [[name, own as NetworkParams]] : [],
    ),
  )
  const [taken, given] = [shapeOf(input, who), shapeOf(output, who)]
  return {
    input: taken,
    output: given,
    init: () => params,
    apply: (own, x, context) => {
      leadingOf('fromLayersModel', x, taken)
      const values: Tensor[] = [x]
      for (const [at, { layer, from, translation }] of calls.entries()) {
        const mine = withFixed((own[layer.name] ?? {}) as never, translation.fixed)
        const xs = from.map((i) => values[i]!)
        values.push(
          within(`layer "${layer.name}"`, () => translation.apply(mine as never, xs, contextOf(context, at))),
        )
      }
      return values[last]!
    },
  }
}

function endOf(tensors: readonly LayersTensor[] | undefined, name: string, who: string): LayersTensor {
  if (!tensors || tensors.length === 0)
    throw new DomainError(`${who}: it is not built: give its first layer an inputShape`)
  if (tensors.length === 1) return tensors[0]!
  throw new UnsupportedError(`${who}: it has ${tensors.length} ${name}s: a network has one`)
}

function translationOf(
  layer: ModelLayer,
  inputs: readonly LayersTensor[],
  output: LayersTensor,
  who: string,
): Translation {
  const kind = layer.getClassName()
  const freeze = (translation: Translation): Translation =>
    layer.trainable ? translation : frozen(translation)
  // A model within a model.
  if ('outputs' in layer && 'inputs' in layer) {
    const network = within(who, () => fromLayersModel(layer as never))
    return freeze(ofNetwork(network, network.init([0, 0] as never) as never))
  }
  const translate = Object.hasOwn(TRANSLATIONS, kind) ? TRANSLATIONS[kind] : undefined
  if (!translate) throw refused(who, kind)
  return freeze(
    translate({
      who,
      config: layer.getConfig() as Readonly<Record<string, unknown>>,
      weights: layer
        .getWeights()
        .map((weight) => new NdArray(Float32Array.from(weight.dataSync()), [...weight.shape])),
      inputs: inputs.map((tensor) => shapeOf(tensor, who)),
      output: shapeOf(output, who),
    }),
  )
}

/** Without the axis of examples. */
function shapeOf({ shape }: LayersTensor, who: string): readonly number[] {
  const own = shape.slice(1)
  if (own.every((length) => length !== null)) return own
  const known = own.map((length) => length ?? 'null').join(', ')
  throw new UnsupportedError(`${who}: the lengths of [${known}] are not all known: give them in inputShape`)
}
