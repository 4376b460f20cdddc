import { create } from 'zustand'

/** The layer whose files are shown, by its place from 0; of an image that is another one the newest is. */
export const useLayerChoice = create<{ readonly imageId: string; readonly layer: number }>(() => ({
  imageId: '',
  layer: 0
}))

export function chooseLayer(imageId: string, layer: number): void {
  useLayerChoice.setState({ imageId, layer })
}
