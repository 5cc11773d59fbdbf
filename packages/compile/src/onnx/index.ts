export { modelOf } from './modelOf.ts'
