import { multinomial } from '../src/index.ts'
import { laws } from './laws.ts'

laws('multinomial', multinomial, { structural: [0] })
