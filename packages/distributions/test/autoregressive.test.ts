import { autoregressive } from '../src/index.ts'
import { laws } from './laws.ts'

laws('autoregressive', autoregressive, { structural: [2] })
