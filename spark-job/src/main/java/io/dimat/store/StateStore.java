package io.dimat.store;

import io.dimat.protocol.AgentState;
import io.dimat.protocol.CorruptStateException;
import io.dimat.protocol.EncodedState;
import io.dimat.protocol.StateCodec;
import io.dimat.tensor.ParamLayout;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Writes and reads agent states. A written file is never changed: its name carries the attempt that
 * wrote it and its hash, so that a retried task writes beside, not over, what it wrote before.
 */
public final class StateStore implements Serializable {
  private static final long serialVersionUID = 1L;

  private final RunFolder folder;
  private final ParamLayout layout;

  public StateStore(RunFolder folder, ParamLayout layout) {
    this.folder = folder;
    this.layout = layout;
  }

  /** Where a phase's files are, relative to the output folder. */
  public static String phaseFolder(int round, String phase) {
    return "rounds/" + round + "/" + phase;
  }

  /**
   * Writes one agent's state of a phase.
   *
   * @param attempt unique among all attempts ever made at this output folder
   */
  public StateRef write(int round, String phase, int agent, String attempt, AgentState state) {
    return write(phaseFolder(round, phase) + "/" + owner(agent) + "-" + attempt, state);
  }

  /**
   * Writes a message of its own.
   *
   * @param index tells an agent's messages of one phase apart
   */
  public StateRef writeMail(
      int round, String phase, int agent, int index, String attempt, AgentState contents) {
    return write(
        "%s/%s-mail-%d-%s".formatted(phaseFolder(round, phase), owner(agent), index, attempt),
        contents);
  }

  private StateRef write(String name, AgentState state) {
    EncodedState encoded = StateCodec.encoded(state, layout);
    String path = name + "-" + encoded.sha256() + ".state";
    folder.create(path, encoded::writeTo);
    return new StateRef(path, encoded.sha256(), encoded.length());
  }

  private static String owner(int agent) {
    return agent == ConsensusPhase.AGENT ? ConsensusPhase.NAME : "agent-" + agent;
  }

  /**
   * Reads a committed state.
   *
   * @throws StorageException if the file is gone or is not what was committed
   */
  public AgentState read(StateRef ref) {
    byte[] bytes =
        folder
            .read(ref.path())
            .orElseThrow(
                () -> new StorageException("committed state is gone: " + folder.path(ref.path())));
    if (!sha256(bytes).equals(ref.sha256())) {
      throw new StorageException(
          "committed state was changed after it was written: " + folder.path(ref.path()));
    }
    try {
      return StateCodec.decode(bytes, layout);
    } catch (CorruptStateException e) {
      throw new StorageException(folder.path(ref.path()) + ": " + e.getMessage(), e);
    }
  }

  /** True if the file is there, whatever it holds. */
  public boolean exists(StateRef ref) {
    return folder.exists(ref.path());
  }

  /** Deletes whatever lies in the folder of a phase; nothing happens if there is none. */
  public void deletePhase(int round, String phase) {
    folder.deleteTree(phaseFolder(round, phase));
  }

  /** Deletes a file that nobody will read again; nothing happens if there is none. */
  public void delete(StateRef ref) {
    folder.delete(ref.path());
  }

  /** Where a state lies, unmistakable among all runs of a process. */
  public String location(StateRef ref) {
    return folder.path(ref.path());
  }

  /** SHA-256 in hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** SHA-256 of a text's UTF-8 bytes, in hexadecimal. */
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
