import { create } from 'zustand'
import type { UpOf } from '../../shared/bridge/contract'
import type { Definition } from '../../shared/contracts'
import { openStream, type StreamClient } from '../bridge/stream'
import { NONE, taken, type Following } from './live'

/** Which pairs are followed. */
export type Wanted = UpOf<Definition<'reachability.follow'>>

/** What is followed in the window; it goes on while another section is shown, until it is ended. */
export const useFollowing = create<Following>(() => NONE)
let client: StreamClient<Wanted> | undefined

/** Follows these pairs from now on. */
export function follow(endpointId: string, wanted: Wanted): void {
  endFollowing()
  useFollowing.setState({ ...NONE, endpointId })
  const opened = openStream('reachability.follow', { endpointId }, 2, {
    onData: (round) => {
      useFollowing.setState((state) => taken(state, round))
      opened.grant(1)
    },
    onEnd: () => useFollowing.setState({ endpointId: undefined }),
    onError: (error) => useFollowing.setState({ endpointId: undefined, error })
  })
  opened.send(wanted)
  client = opened
}

/** Follows others instead; what is known of those that stay is kept. */
export function followOthers(wanted: Wanted): void {
  client?.send(wanted)
}

export function endFollowing(): void {
  client?.close()
  client = undefined
  useFollowing.setState({ endpointId: undefined, live: new Map(), error: undefined })
}
