import { create } from 'zustand'
import { rowKey } from '../../shared/state'
import { showSection } from './ui-store'

/** The tabs of an image's page, in their order. */
export type ImageTabId = 'overview' | 'layers' | 'files' | 'history' | 'inspect'

interface ImagePageState {
  /** The tab that every image's page shows. */
  readonly tabId: ImageTabId
  /** The page takes the list's place too. */
  readonly expanded: boolean
  /** A row that somebody asked to see; another object each time, so that the same one can be asked for again. */
  readonly asked: { readonly key: string } | undefined
}

export const useImagePage = create<ImagePageState>(() => ({
  tabId: 'overview',
  expanded: false,
  asked: undefined
}))

/** Shows an image's page in the list of images. */
export function showImage(image: { readonly endpointId: string; readonly id: string }): void {
  showSection('images')
  useImagePage.setState({ asked: { key: rowKey(image) } })
}
