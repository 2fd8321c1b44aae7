/** What a screen reader should hear although focus stays where it is. App.vue holds the one live region. */
import { ref } from 'vue'

export const spoken = ref('')

/** Says a sentence politely; the same sentence twice is said twice. */
export function say(text: string): void {
  spoken.value = spoken.value === text ? `${text}\u00a0` : text
}
