/** `feature.verb` of every call of the contracts; written in at build time. */
declare const __CALL_NAMES__: readonly string[]
/** `feature.verb` of every stream of the contracts; written in at build time. */
declare const __STREAM_NAMES__: readonly string[]
