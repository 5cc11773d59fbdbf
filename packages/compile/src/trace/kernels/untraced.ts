import { UnsupportedError } from '@variate/core'
import type { Told } from '../registerKernels.ts'

/** Why kernels of TensorFlow.js are not traced: those that have no place in a program of numbers, by the reason. */
export const REASONS: Readonly<Record<string, string>> = {
  'how large its result is depends on values, which are not known yet':
    'NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 RaggedGather RaggedRange RaggedTensorToTensor SparseFillEmptyRows SparseReshape Unique',
  'complex numbers are no numbers of a program: pass real and imaginary parts':
    'Complex ComplexAbs FFT IFFT Imag Real',
  'texts are no numbers of a program: turn them into numbers before':
    'StaticRegexReplace StringNGrams StringSplit StringToHashBucketFast',
  'pixels are read and drawn outside of programs: pass tensors': 'Draw FromPixels',
  'its numbers come from no key: use drawCategorical of @variate/core/ops': 'Multinomial',
  'programs hold convolutions and pools in two dimensions only: call it outside':
    'AvgPool3D AvgPool3DGrad BatchToSpaceND Conv3D Conv3DBackpropFilterV2 Conv3DBackpropInputV2 CropAndResize DepthToSpace Dilation2D Dilation2DBackpropFilter Dilation2DBackpropInput FlipLeftRight LRN LRNGrad MaxPool3D MaxPool3DGrad MaxPoolWithArgmax Pool ResizeBilinear ResizeBilinearGrad ResizeNearestNeighbor ResizeNearestNeighborGrad RotateWithOffset SpaceToBatchND Transform',
  'use searchSorted of @variate/core/ops': 'LowerBound SearchSorted UpperBound',
  'use gather and scatterAdd of @variate/core/ops':
    'ScatterNd SparseSegmentMean SparseSegmentSum SparseToDense TensorScatterUpdate',
  'use tril and triu of @variate/core/ops': 'MatrixBandPart',
  'use where and sum': 'Bincount DenseBincount',
  'use max, or sort outside': 'TopK',
  'give it numbers: broadcastTo takes shapes': 'BroadcastArgs',
  'it has no rule for bits': 'BitwiseAnd',
  'no backend has it: tf.logicalXor is made of other kernels': 'LogicalXor',
}

const refused =
  (name: string, reason: string): Told =>
  () => {
    throw new UnsupportedError(`compile: ${name} cannot be traced: ${reason}`)
  }

/** Every kernel that cannot be traced, by TensorFlow.js's name for it: they say why. */
export const UNTRACED: Readonly<Record<string, Told>> = /* @__PURE__ */ Object.fromEntries(
  Object.entries(REASONS).flatMap(([reason, names]) =>
    names.split(' ').map((name) => [name, refused(name, reason)] as const),
  ),
)
