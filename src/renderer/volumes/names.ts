import { isAnonymous, type Volume } from '../../shared/volumes/model'

/** A volume's name for the screen: of one that nobody named, its first twelve digits. */
export function shownName(volume: Pick<Volume, 'id'>): string {
  return isAnonymous(volume) ? `${volume.id.slice(0, 12)}…` : volume.id
}
