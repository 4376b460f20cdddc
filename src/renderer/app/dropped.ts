import { offerPaths } from '../builds/build-store'
import { areArchives, offerArchives } from '../transfers/archive-store'

/** Offers what was dropped on the window to the feature that it is for: archives are images, all else is built. */
export function offerDropped(paths: readonly string[]): void {
  if (areArchives(paths)) offerArchives(paths)
  else offerPaths(paths)
}
