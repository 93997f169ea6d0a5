package io.dimat.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/**
 * Commits phases: one {@code manifest.json} each, found by its predictable name, ending in a
 * checksum of everything before it. Only the driver writes here.
 */
public final class ManifestStore {
  private static final String CHECKSUM = ",\n  \"sha256\" : \"";
  private static final String END = "\"\n}\n";

  private final RunFolder folder;
  private final Runnable mayCommit;
  private final ObjectMapper json =
      new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

  /**
   * The manifests of a folder.
   *
   * @param mayCommit called before every commit; throws if this driver may not write any more
   */
  public ManifestStore(RunFolder folder, Runnable mayCommit) {
    this.folder = folder;
    this.mayCommit = mayCommit;
  }

  /** Commits a phase; an invalid manifest left behind by a crash is replaced. */
  public void commit(PhaseManifest manifest) {
    mayCommit.run();
    folder.replaceText(path(manifest.round(), manifest.phase()), seal(manifest));
  }

  /** The committed phase, or empty if there is none or what is there was not written to its end. */
  public Optional<PhaseManifest> read(int round, String phase) {
    return folder.readText(path(round, phase)).flatMap(this::open);
  }

  private static String path(int round, String phase) {
    return StateStore.phaseFolder(round, phase) + "/manifest.json";
  }

  private String seal(PhaseManifest manifest) {
    try {
      String text = json.writerWithDefaultPrettyPrinter().writeValueAsString(manifest);
      String body = text.substring(0, text.lastIndexOf('}')).stripTrailing();
      return body + CHECKSUM + StateStore.sha256(body) + END;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always JSON", e);
    }
  }

  private Optional<PhaseManifest> open(String text) {
    int at = text.lastIndexOf(CHECKSUM);
    if (at < 0
        || !text.equals(
            text.substring(0, at) + CHECKSUM + StateStore.sha256(text.substring(0, at)) + END)) {
      return Optional.empty();
    }
    try {
      return Optional.of(json.readValue(text, PhaseManifest.class))
          .filter(manifest -> manifest.format() == PhaseManifest.FORMAT);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
