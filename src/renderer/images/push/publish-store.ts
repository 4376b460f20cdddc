import { create } from 'zustand'
import type { Image } from '../../../shared/images/model'

/** What the dialog was opened for; its other button is there too. */
export type PublishMode = 'tag' | 'push'

export const usePublish = create<{
  readonly asked: { readonly image: Image; readonly mode: PublishMode } | undefined
}>(() => ({ asked: undefined }))

/** Asks for another name of an image, and where to send it. */
export function openPublish(image: Image, mode: PublishMode): void {
  usePublish.setState({ asked: { image, mode } })
}

export function closePublish(): void {
  usePublish.setState({ asked: undefined })
}
