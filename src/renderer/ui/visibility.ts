const listeners = new WeakMap<Element, (visible: boolean) => void>()

let observer: IntersectionObserver | undefined

/** Tells whether an element is in sight, now and whenever that changes; hidden parts of the page are not. Answers how to stop. */
export function followVisibility(
  element: Element,
  listener: (visible: boolean) => void
): () => void {
  observer ??= new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting)
  })
  const shared = observer
  listeners.set(element, listener)
  shared.observe(element)
  return () => {
    shared.unobserve(element)
    listeners.delete(element)
  }
}
