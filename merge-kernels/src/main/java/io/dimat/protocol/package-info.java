/**
 * What an algorithm is made of: programs are lists of pure phases, engines run phases and route
 * mail. One superstep is {@code (state, inbox, local context) -> (state', outbox, metrics)}.
 */
package io.dimat.protocol;
