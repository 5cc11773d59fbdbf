import { discreteUniform } from '../src/index.ts'
import { laws } from './laws.ts'

laws('discreteUniform', discreteUniform)
