/**
 * Who may talk to whom, by how much neighbours count, and how fast that mixes: topologies, mixing
 * matrices and sequences of them, spectral gaps, trees and dominating sets. {@link
 * io.dimat.graph.Topologies} and {@link io.dimat.graph.Mixings} know all names.
 */
package io.dimat.graph;
