/**
 * Lossy vectors: {@link io.dimat.compress.Compressor}s turn a vector into the bytes that travel and
 * back, {@link io.dimat.compress.ErrorFeedback} remembers what they left out.
 */
package io.dimat.compress;
