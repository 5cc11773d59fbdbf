export { fromTensor } from './fromTensor.ts'
export { tensorflow } from './tensorflow.ts'
export { toTensor } from './toTensor.ts'
