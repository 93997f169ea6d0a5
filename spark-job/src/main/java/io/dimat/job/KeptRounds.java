package io.dimat.job;

import io.dimat.spark.SparkEngine;
import io.dimat.store.ConsensusPhase;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import io.dimat.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Deletes the agents' states and mail of all rounds but the newest, once a newer one is committed
 * whole. Manifests and consensus models stay, so a run is resumed, measured and reported as ever.
 */
final class KeptRounds implements SparkEngine.Listener {
  private final int newest;
  private final StateStore states;
  private final SparkEngine.Listener next;
  private final SortedMap<Integer, List<PhaseManifest>> rounds = new TreeMap<>();

  private KeptRounds(int newest, StateStore states, SparkEngine.Listener next) {
    this.newest = newest;
    this.states = states;
    this.next = next;
  }

  /**
   * A listener that hears of everything, and deletes.
   *
   * @param newest how many rounds keep their states, counted from the newest; 0 for all
   * @param next hears of everything too
   */
  static SparkEngine.Listener deleting(int newest, StateStore states, SparkEngine.Listener next) {
    return newest == 0 ? next : new KeptRounds(newest, states, next);
  }

  @Override
  public void roundBegins(int round) {
    next.roundBegins(round);
  }

  @Override
  public void committed(PhaseManifest phase, boolean resumed) {
    rounds.computeIfAbsent(phase.round(), round -> new ArrayList<>()).add(phase);
    next.committed(phase, resumed);
  }

  @Override
  public void roundDone(int round) {
    while (rounds.firstKey() <= round - newest) {
      delete(rounds.remove(rounds.firstKey()));
    }
    next.roundDone(round);
  }

  /** The first file goes last: where it is gone, an earlier run has deleted all of them. */
  private void delete(List<PhaseManifest> round) {
    List<StateRef> files = files(round);
    if (files.isEmpty() || !states.exists(files.get(0))) {
      return;
    }
    for (int i = files.size() - 1; i >= 0; i--) {
      states.delete(files.get(i));
    }
  }

  /** Where agents are averaged on the driver, the consensus model is one of the agents' files. */
  private static List<StateRef> files(List<PhaseManifest> round) {
    List<StateRef> consensus =
        round.stream()
            .filter(phase -> phase.phase().equals(ConsensusPhase.NAME))
            .flatMap(phase -> phase.agents().stream())
            .map(PhaseManifest.Entry::state)
            .toList();
    return round.stream()
        .flatMap(phase -> phase.agents().stream())
        .flatMap(entry -> entry.files().stream())
        .filter(file -> !consensus.contains(file))
        .distinct()
        .toList();
  }
}
