import '@/shared/theme/tokens.css'
import '@/shared/theme/base.css'
import '@/shared/theme/element.css'

import { applyMode } from '@/shared/theme/mode'

applyMode()
