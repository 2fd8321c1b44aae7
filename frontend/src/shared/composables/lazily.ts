/** A component whose code arrives when it is first drawn. */
import { type Component, defineAsyncComponent } from 'vue'

export function lazily<C extends Component>(load: () => Promise<{ default: C }>): C {
  return defineAsyncComponent(load as unknown as () => Promise<C>)
}
