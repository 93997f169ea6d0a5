/**
 * Who may talk to whom, by how much neighbours count, and how fast that mixes: topologies, mixing
 * matrices, spectral gaps.
 */
package io.dimat.graph;
