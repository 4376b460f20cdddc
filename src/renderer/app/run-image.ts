import { openRunSpec } from '../run/run-store'

/** Opens the run form on an image, by its name or its id. */
export function runImage(reference: string): void {
  openRunSpec({ image: reference })
}
