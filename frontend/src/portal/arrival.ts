/** Whether the person has already moved inside the portal: the first screen leaves the focus where the browser put it. */
let moved = false

export function arrived(): boolean {
  return moved
}

export function arrive(): void {
  moved = true
}
