/** Single-key shortcuts for a page; silent while somebody types, holds a modifier or has a dialog open. */
import { onBeforeUnmount, onMounted } from 'vue'

export type Shortcuts = Record<string, () => void>

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !(target instanceof HTMLInputElement && target.type === 'checkbox')
}

/** A focused link or button keeps Enter and Space for itself. */
function owned(event: KeyboardEvent): boolean {
  return (event.key === 'Enter' || event.key === ' ') && event.target instanceof HTMLElement && event.target.closest('a,button,[role="button"],[role="menuitem"]') !== null
}

/** A closed dialog stays in the page, hidden by its overlay. */
function dialogOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"][aria-modal="true"]')].some((dialog) => dialog.closest('[style*="display: none"]') === null)
}

function silent(event: KeyboardEvent): boolean {
  return event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || owned(event) || dialogOpen()
}

export function useShortcuts(shortcuts: Shortcuts): void {
  const onKey = (event: KeyboardEvent) => {
    const run = shortcuts[event.key]
    if (!run || silent(event)) return
    event.preventDefault()
    run()
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}
