package io.dimat.protocol;

import java.io.Serializable;

/**
 * In which rounds something is measured.
 *
 * @param agentsEvery every agent is evaluated in rounds that this divides; round 0 included
 * @param consensusEvery likewise for the consensus model and the consensus distance; 0 for the last
 *     round only
 * @param lastRound always measured
 */
public record EvaluationSchedule(int agentsEvery, int consensusEvery, int lastRound)
    implements Serializable {
  public EvaluationSchedule {
    if (agentsEvery < 1 || consensusEvery < 0) {
      throw new IllegalArgumentException(
          "agents are evaluated every 1 or more rounds, the consensus every 0 or more, got "
              + agentsEvery
              + " and "
              + consensusEvery);
    }
  }

  public boolean evaluatesAgents(int round) {
    return round == lastRound || round % agentsEvery == 0;
  }

  public boolean measuresConsensus(int round) {
    return round == lastRound || (consensusEvery > 0 && round % consensusEvery == 0);
  }
}
