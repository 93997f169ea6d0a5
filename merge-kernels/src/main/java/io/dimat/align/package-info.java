/**
 * Alignment: which units of two models correspond, and how a model's parameters are rewritten so
 * that they do. {@link io.dimat.align.PermutationSpec} says what may be permuted, {@link
 * io.dimat.align.ActivationMatching} finds the permutations from activations and {@link
 * io.dimat.align.WeightMatching} from weights. A {@link io.dimat.align.SoftAlignment} mixes units
 * where {@link io.dimat.align.TransportMatching} or {@link io.dimat.align.ZipMatching} found no one
 * to one correspondence.
 */
package io.dimat.align;
