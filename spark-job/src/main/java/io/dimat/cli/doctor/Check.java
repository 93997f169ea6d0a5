package io.dimat.cli.doctor;

/** One thing that must be right before a run can be. */
public interface Check {
  /** Two words at most. */
  String name();

  /** Looks, changes nothing that stays; a check that throws counts as failed. */
  Finding run() throws Exception;
}
