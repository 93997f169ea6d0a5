package io.dimat.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file inside an archive. Reading starts at the archive's first byte, whatever the offset.
 *
 * @param bytes as the archive's header says
 */
record ArchivedFile(HadoopFile archive, String entry, long bytes) implements RecordFile {
  private static final long serialVersionUID = 1L;

  ArchivedFile(HadoopFile archive, TarHeader header) {
    this(archive, header.name(), header.bytes());
  }

  @Override
  public String name() {
    return "%s in %s".formatted(entry, archive.name());
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.empty();
  }

  @Override
  public long measuredLength() {
    return bytes;
  }

  @Override
  public InputStream open(long offset) throws IOException {
    TarStream tar = new TarStream(archive.open(0), archive.name());
    try {
      find(tar);
      tar.skipNBytes(offset);
      return tar;
    } catch (IOException | RuntimeException e) {
      tar.close();
      throw e;
    }
  }

  private void find(TarStream tar) throws IOException {
    Optional<TarHeader> header;
    do {
      header = tar.next();
      if (header.isEmpty()) {
        throw new FileNotFoundException(name() + " is not there any more");
      }
    } while (!header.get().name().equals(entry));
  }
}
