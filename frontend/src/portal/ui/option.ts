/** One answer of a ChoiceGroup. */
export interface Option<V extends string> {
  value: V
  title: string
  hint?: string
}
