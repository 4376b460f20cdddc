import { z } from 'zod'

/** The id of an endpoint: ours, short, made in main. */
export const endpointId = z.string().min(1).max(64)

/** A container, network or image id as the engine writes it. */
export const containerId = z.string().regex(/^[a-f0-9]{12,64}$/)
export const networkId = z.string().regex(/^[a-z0-9]{12,64}$/)
/** A volume's name by docker's rule, which is its id. Source: moby `daemon/names`. */
export const volumeName = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]+$/)
/** An image's id, `sha256:` and 64 hex digits. */
export const imageId = z.string().regex(/^sha256:[a-f0-9]{64}$/)
/** An image reference, loosely: the engine has the last word. */
export const imageReference = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/:@-]*$/)
  // It becomes a part of a URL's path, where `..` would lead to other objects of the engine.
  .refine((text) => !/(^|\/)\.{1,2}(\/|$)/.test(text), 'not an image reference')
