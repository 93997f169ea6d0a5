package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The entries of a zip file. Names are checked, nothing is unpacked to disk, and an entry that
 * nobody asks for is never inflated.
 */
final class Archive implements Closeable {
  private static final int MAX_ENTRIES = 1000;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new HashMap<>();

  /** What is done with an entry's bytes. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(InputStream in) throws IOException;
  }

  private Archive(ZipFile zip) {
    this.zip = zip;
  }

  /**
   * Opens a file.
   *
   * @throws ModelFileException if it is no zip, or names an entry outside of itself or twice
   * @throws IOException if it cannot be opened
   */
  static Archive open(Path file) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new ModelFileException("the file must be a zip: " + reason(e), e);
    }
    Archive archive = new Archive(zip);
    try {
      archive.index();
    } catch (IOException e) {
      archive.close();
      throw e;
    }
    return archive;
  }

  private void index() throws ModelFileException {
    if (zip.size() > MAX_ENTRIES) {
      throw new ModelFileException(
          "a model has at most " + MAX_ENTRIES + " zip entries, got " + zip.size());
    }
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (!isInside(name)) {
        throw new ModelFileException(
            "zip entries must stay inside the archive, got " + Fields.shorten(name));
      }
      if (entries.put(name, entry) != null) {
        throw new ModelFileException(
            "zip entries must have different names, got " + Fields.shorten(name) + " twice");
      }
    }
  }

  private static boolean isInside(String name) {
    String path = "/" + name.replace('\\', '/') + "/";
    return !path.startsWith("//") && !path.contains("/../") && !name.contains(":");
  }

  boolean has(String name) {
    return entries.containsKey(name);
  }

  /**
   * Parses an entry to its end and checks its checksum.
   *
   * @param maxBytes that it may have
   * @throws ModelFileException if it is missing, larger, longer than what is parsed, or damaged
   */
  <T> T read(String name, long maxBytes, Parser<T> parser) throws IOException {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw new ModelFileException("a DL4J model must have an entry " + name + ", there is none");
    }
    if (entry.getSize() > maxBytes) {
      throw new ModelFileException(
          name + " must have at most " + maxBytes + " bytes, got " + entry.getSize());
    }
    CRC32 sum = new CRC32();
    try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), sum)) {
      T parsed = parser.parse(in);
      if (in.read() >= 0) {
        throw new ModelFileException(name + " must end where its contents do, there is more");
      }
      if (sum.getValue() != entry.getCrc()) {
        throw new ModelFileException(name + " is damaged: its checksum is another one");
      }
      return parsed;
    } catch (ZipException | EOFException | UTFDataFormatException e) {
      throw new ModelFileException(name + " is damaged or cut off: " + reason(e), e);
    }
  }

  private static String reason(Exception e) {
    return Fields.shorten(String.valueOf(e.getMessage()));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
