import { logUniform } from '../src/index.ts'
import { laws } from './laws.ts'

laws('logUniform', logUniform)
