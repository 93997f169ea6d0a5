package io.dimat.store;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * The folders that writing to an output folder would create. Those that stay empty are taken back,
 * so that a refused command leaves nothing behind.
 */
public final class NewFolders {
  private final RunFolder folder;
  private final List<Path> missing;

  private NewFolders(RunFolder folder, List<Path> missing) {
    this.folder = folder;
    this.missing = missing;
  }

  /** Looks before anything is written. */
  public static NewFolders before(RunFolder folder) {
    List<Path> missing = new ArrayList<>();
    Path at = folder.root();
    while (at != null && !folder.exists(at)) {
      missing.add(at);
      at = at.getParent();
    }
    return new NewFolders(folder, missing);
  }

  /** Deletes those that exist now and are empty, the innermost first. */
  public void deleteEmpty() {
    missing.forEach(folder::deleteIfEmpty);
  }
}
