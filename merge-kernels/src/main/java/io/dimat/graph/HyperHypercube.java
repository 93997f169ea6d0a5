package io.dimat.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * The k-peer hyper-hypercube: m agents, m without prime factors above k + 1, average exactly in one
 * round per factor. Agents are numbered in mixed radix; in round q, those that differ only in digit
 * q form a complete graph of weight 1 / factor.
 *
 * <p>Takezawa, Sato, Bao, Niwa, Yamada: Beyond Exponential Graph (arXiv 2305.11420), algorithm 1.
 *
 * @param factors each in [2, k + 1], their product m
 */
record HyperHypercube(List<Integer> factors) {
  HyperHypercube {
    factors = List.copyOf(factors);
  }

  /** The largest allowed factors first; {@code size} must have no prime factor above peers + 1. */
  static HyperHypercube of(int size, int peers) {
    List<Integer> factors = new ArrayList<>();
    int rest = size;
    for (int factor = peers + 1; factor > 1; factor--) {
      for (; rest % factor == 0; rest /= factor) {
        factors.add(factor);
      }
    }
    if (rest != 1) {
      throw new IllegalArgumentException(
          "%d agents do not factor into numbers up to %d".formatted(size, peers + 1));
    }
    return new HyperHypercube(factors);
  }

  /** Rounds to the exact mean; 0 for one agent. */
  int rounds() {
    return factors.size();
  }

  /** Links of round q, on m agents of any numbers. */
  List<Link> round(int q, List<Integer> agents) {
    int factor = factors.get(q);
    int stride = factors.subList(0, q).stream().reduce(1, (a, b) -> a * b);
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < agents.size(); i++) {
      int digit = i / stride % factor;
      for (int other = digit + 1; other < factor; other++) {
        int j = i + (other - digit) * stride;
        links.add(Link.between(agents.get(i), agents.get(j), 1.0 / factor));
      }
    }
    return links;
  }
}
