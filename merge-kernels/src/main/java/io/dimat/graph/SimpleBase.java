package io.dimat.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The Simple Base-(k+1) graph: exact averaging of any number m of agents with at most k peers each.
 *
 * <p>With {@code b = k + 1} and {@code m = sum of a_l b^p_l}, p falling, part l has {@code a_l}
 * blocks of {@code b^p_l} agents. First every part averages inside itself. Then, in round t, every
 * agent of the parts behind t gives {@code w / a_t} to one unused agent in each block of part t,
 * {@code w = |V_t| / sum of |V_s|, s >= t}: the agents behind t, and each block of part t, now have
 * the mean of all in their mean, and go on alone.
 *
 * <p>Takezawa, Sato, Bao, Niwa, Yamada: Beyond Exponential Graph (arXiv 2305.11420), algorithm 2,
 * without its optional inner edges.
 */
final class SimpleBase {
  /** Part l: {@code copies} blocks of {@code block} agents each. */
  private record Part(List<Integer> agents, int copies, int block) {
    List<Integer> copy(int c) {
      return agents.subList(c * block, (c + 1) * block);
    }
  }

  private final int peers;
  private final List<Part> parts;

  private SimpleBase(List<Integer> agents, int peers) {
    this.peers = peers;
    this.parts = parts(agents, peers + 1);
  }

  /** Links of every round. */
  static List<List<Link>> rounds(List<Integer> agents, int peers) {
    return new SimpleBase(agents, peers).rounds();
  }

  private static List<Part> parts(List<Integer> agents, int base) {
    int power = 1;
    while (power * base <= agents.size()) {
      power *= base;
    }
    List<Part> parts = new ArrayList<>();
    int done = 0;
    for (; power > 0; power /= base) {
      int copies = (agents.size() - done) / power;
      if (copies > 0) {
        parts.add(new Part(agents.subList(done, done + copies * power), copies, power));
        done += copies * power;
      }
    }
    return parts;
  }

  private List<List<Link>> rounds() {
    List<List<Link>> rounds = new ArrayList<>();
    int inside = HyperHypercube.of(parts.get(0).agents().size(), peers).rounds();
    for (int r = 0; r < inside; r++) {
      rounds.add(averageParts(r));
    }
    int across =
        parts.size() == 1 ? 0 : 1 + HyperHypercube.of(parts.get(0).block(), peers).rounds();
    for (int r = 0; r < across; r++) {
      rounds.add(Stream.concat(passOn(r), averageBlocks(r)).toList());
    }
    return rounds;
  }

  /** Round r inside every part; the shorter ones begin again, which changes nothing. */
  private List<Link> averageParts(int r) {
    List<Link> links = new ArrayList<>();
    for (Part part : parts) {
      HyperHypercube cube = HyperHypercube.of(part.agents().size(), peers);
      if (cube.rounds() > 0) {
        links.addAll(cube.round(r % cube.rounds(), part.agents()));
      }
    }
    return links;
  }

  /** All parts behind part t exchange with its blocks. */
  private Stream<Link> passOn(int t) {
    if (t >= parts.size() - 1) {
      return Stream.empty();
    }
    Part part = parts.get(t);
    List<Integer> behind =
        parts.subList(t + 1, parts.size()).stream().flatMap(p -> p.agents().stream()).toList();
    double share = (double) part.agents().size() / (part.agents().size() + behind.size());
    List<Link> links = new ArrayList<>();
    for (int c = 0; c < part.copies(); c++) {
      for (int x = 0; x < behind.size(); x++) {
        links.add(Link.between(behind.get(x), part.copy(c).get(x), share / part.copies()));
      }
    }
    return links.stream();
  }

  /** The blocks of every part that has passed on average inside themselves. */
  private Stream<Link> averageBlocks(int r) {
    List<Link> links = new ArrayList<>();
    for (int s = 0; s < Math.min(r, parts.size() - 1); s++) {
      Part part = parts.get(s);
      HyperHypercube cube = HyperHypercube.of(part.block(), peers);
      int q = r - s - 1;
      for (int c = 0; c < part.copies() && q < cube.rounds(); c++) {
        links.addAll(cube.round(q, part.copy(c)));
      }
    }
    return links.stream();
  }
}
