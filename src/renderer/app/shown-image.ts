import { create } from 'zustand'
import { rowKey } from '../../shared/state'
import { showSection } from './ui-store'

/** The image that somebody asked to see; another object each time. */
export const useShownImage = create<{ readonly asked: { readonly key: string } | undefined }>(
  () => ({ asked: undefined })
)

/** Shows an image in its list. */
export function showImage(image: { readonly endpointId: string; readonly id: string }): void {
  showSection('images')
  useShownImage.setState({ asked: { key: rowKey(image) } })
}
