import { create } from 'zustand'

/** What the view of registries shows; it is there again when the person comes back. */
export const useRegistries = create<{
  readonly domain: string | undefined
  readonly path: string | undefined
  /** Registries that were opened by name, besides those that are known anyway. */
  readonly opened: readonly string[]
}>(() => ({ domain: undefined, path: undefined, opened: [] }))

/** Shows a registry, and a repository of it. */
export function showRegistry(domain: string, path?: string): void {
  useRegistries.setState(({ opened }) => ({
    domain,
    path,
    opened: opened.includes(domain) ? opened : [...opened, domain]
  }))
}
