package io.dimat.source;

import java.util.ArrayList;
import java.util.List;

/**
 * Images in files of their own that one task reads.
 *
 * @param index of the first in the whole part
 */
record LabelledFiles(long index, List<LabelledFile> files) implements ImageTable.Piece {
  /** Opening a file costs more than its bytes do: enough of them for a task to be worth it. */
  private static final int FILES_PER_TASK = 500;

  LabelledFiles {
    files = List.copyOf(files);
  }

  static List<LabelledFiles> cut(List<LabelledFile> files) {
    List<LabelledFiles> pieces = new ArrayList<>();
    for (int first = 0; first < files.size(); first += FILES_PER_TASK) {
      int end = Math.min(first + FILES_PER_TASK, files.size());
      pieces.add(new LabelledFiles(first, files.subList(first, end)));
    }
    return pieces;
  }

  @Override
  public long first() {
    return index;
  }

  @Override
  public long count() {
    return files.size();
  }
}
