import { app } from './app/contract'
import type { CallDefinition, StreamDefinition } from './bridge/contract'
import { builds } from './builds/contract'
import { dockerfile } from './dockerfile/contract'
import { changes } from './changes/contract'
import { cleanup } from './cleanup/contract'
import { containers } from './containers/contract'
import { engines } from './engines/contract'
import { execContract } from './exec/contract'
import { files } from './files/contract'
import { transfers } from './transfers/contract'
import { images } from './images/contract'
import { layers } from './layers/contract'
import { logs } from './logs/contract'
import { networks } from './networks/contract'
import { processes } from './processes/contract'
import { reachability } from './reachability/contract'
import { recreate } from './recreate/contract'
import { registries } from './registries/contract'
import { stats } from './stats/contract'
import { run } from './run/contract'
import { recipes } from './recipes/contract'
import { tasks } from './tasks/contract'
import { volumes } from './volumes/contract'

/** Every feature's contract. This file lists, and does nothing else. */
export const contracts = {
  app,
  builds,
  changes,
  cleanup,
  containers,
  dockerfile,
  engines,
  exec: execContract,
  files,
  transfers,
  images,
  layers,
  logs,
  networks,
  processes,
  reachability,
  recreate,
  recipes,
  registries,
  stats,
  run,
  tasks,
  volumes
}

export type Contracts = typeof contracts

type Named<Kind> = {
  [F in keyof Contracts & string]: {
    [V in keyof Contracts[F] & string]: Contracts[F][V] extends Kind ? `${F}.${V}` : never
  }[keyof Contracts[F] & string]
}[keyof Contracts & string]

/** `feature.verb` of every call, and of every stream. */
export type CallName = Named<CallDefinition>
export type StreamName = Named<StreamDefinition>

/** The definition that a name stands for. */
export type Definition<Name extends string> = Name extends `${infer F}.${infer V}`
  ? F extends keyof Contracts
    ? V extends keyof Contracts[F]
      ? Contracts[F][V]
      : never
    : never
  : never

/** The names of one kind, for the preload and the bridge to check against. */
export function namesOf(kind: 'call' | 'stream'): string[] {
  return Object.entries(contracts).flatMap(([feature, contract]) =>
    Object.entries(contract)
      .filter(([, definition]) => definition.kind === kind)
      .map(([verb]) => `${feature}.${verb}`)
  )
}
