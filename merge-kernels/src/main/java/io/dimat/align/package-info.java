/**
 * Alignment: which units of two models correspond, and how a model's parameters are rewritten so
 * that they do. {@link io.dimat.align.PermutationSpec} says what may be permuted, {@link
 * io.dimat.align.ActivationMatching} finds the permutations.
 */
package io.dimat.align;
