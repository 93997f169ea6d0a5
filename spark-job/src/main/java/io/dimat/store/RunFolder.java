package io.dimat.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The output folder of a run, on any Hadoop file system. Serializable, so that tasks write into it
 * themselves.
 */
public final class RunFolder implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String location;
  private final TreeMap<String, String> settings = new TreeMap<>();
  private transient volatile FileSystem client;

  /**
   * A folder that need not exist yet.
   *
   * @param location path or URL; a path without a scheme is on the default file system
   * @param configuration only its values that differ from Hadoop's defaults travel to tasks
   */
  public RunFolder(String location, Configuration configuration) {
    Configuration defaults = new Configuration();
    for (Map.Entry<String, String> entry : configuration) {
      if (!entry.getValue().equals(defaults.getRaw(entry.getKey()))) {
        settings.put(entry.getKey(), entry.getValue());
      }
    }
    this.location = qualified(location, configuration);
  }

  /** Absolute and with its file system: tasks have other working directories. */
  private static String qualified(String location, Configuration configuration) {
    Path path = new Path(location);
    try {
      return path.getFileSystem(configuration).makeQualified(path).toString();
    } catch (IOException e) {
      throw new StorageException("cannot reach " + location + ": " + e.getMessage(), e);
    }
  }

  /** A folder reached with Hadoop's settings on the class path and no others. */
  public static RunFolder onDefaultStorage(String location) {
    return new RunFolder(location, new Configuration());
  }

  /** The folder as a person would open it: absolute, with its file system unless that is local. */
  public String location() {
    return shown(new Path(location));
  }

  /** A file of this folder, as {@link #location()}. */
  public String path(String relative) {
    return shown(at(relative));
  }

  private static String shown(Path path) {
    return "file".equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
  }

  private Path at(String relative) {
    return new Path(location, relative);
  }

  private FileSystem fileSystem() throws IOException {
    if (client == null) {
      Configuration configuration = new Configuration();
      settings.forEach(configuration::set);
      FileSystem fileSystem = at(".").getFileSystem(configuration);
      client = fileSystem instanceof LocalFileSystem ? LocalFiles.open(configuration) : fileSystem;
    }
    return client;
  }

  /**
   * Writes a new file.
   *
   * @throws StorageException if it exists or cannot be written
   */
  public void create(String relative, byte[] bytes) {
    create(relative, out -> out.write(bytes));
  }

  /**
   * Writes a new file.
   *
   * @throws StorageException if it exists or cannot be written
   */
  public void create(String relative, Content content) {
    write(relative, content, false);
  }

  /** Writes a file, replacing one that exists. */
  public void replace(String relative, byte[] bytes) {
    write(relative, out -> out.write(bytes), true);
  }

  /** What writes a file's bytes. */
  public interface Content {
    /** Writes all of them; {@code out} is left open. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file of any size, replacing one that exists. It is written under another name first: a
   * file of this name is whole, however the process ends.
   */
  public void replace(String relative, Content content) {
    Path part = at(relative + ".part");
    try {
      try (OutputStream out = fileSystem().create(part, true)) {
        content.writeTo(out);
      }
      fileSystem().delete(at(relative), false); // HDFS does not rename onto a file
      if (!fileSystem().rename(part, at(relative))) {
        throw new IOException("renaming " + shown(part) + " failed");
      }
    } catch (IOException e) {
      throw cannotWrite(relative, e);
    }
  }

  /** Writes text in UTF-8, replacing a file that exists. */
  public void replaceText(String relative, String text) {
    replace(relative, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String relative, Content content, boolean overwrite) {
    try (OutputStream out = fileSystem().create(at(relative), overwrite)) {
      content.writeTo(out);
    } catch (IOException e) {
      throw cannotWrite(relative, e);
    }
  }

  private StorageException cannotWrite(String relative, IOException e) {
    return new StorageException(
        "cannot write %s: %s; check space and permissions"
            .formatted(path(relative), e.getMessage()),
        e);
  }

  /** A file's bytes, or empty if there is none. */
  public Optional<byte[]> read(String relative) {
    try (InputStream in = fileSystem().open(at(relative))) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StorageException("cannot read " + path(relative) + ": " + e.getMessage(), e);
    }
  }

  /** A file's text, or empty if there is none. */
  public Optional<String> readText(String relative) {
    return read(relative).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** Deletes a file; nothing happens if there is none. */
  public void delete(String relative) {
    try {
      fileSystem().delete(at(relative), false);
    } catch (IOException e) {
      throw new StorageException("cannot delete " + path(relative) + ": " + e.getMessage(), e);
    }
  }

  /** Names of what lies directly in the folder; empty if it does not exist. */
  public SortedSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    try {
      for (FileStatus file : fileSystem().listStatus(new Path(location))) {
        names.add(file.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return names;
    } catch (IOException e) {
      throw new StorageException("cannot look into " + location + ": " + e.getMessage(), e);
    }
    return names;
  }

  /** The file that stands where this folder, or one above it, should be. */
  public Optional<String> fileInTheWay() {
    try {
      for (Path path = root(); path != null; path = path.getParent()) {
        if (fileSystem().exists(path)) {
          return fileSystem().getFileStatus(path).isFile()
              ? Optional.of(shown(path))
              : Optional.empty();
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new StorageException("cannot look into " + location + ": " + e.getMessage(), e);
    }
  }

  /** The folder with its file system and full path. */
  Path root() {
    try {
      return fileSystem().makeQualified(new Path(location));
    } catch (IOException e) {
      throw new StorageException("cannot reach " + location + ": " + e.getMessage(), e);
    }
  }

  /** True if a file or folder of that name is there. */
  boolean exists(String relative) {
    return exists(at(relative));
  }

  boolean exists(Path path) {
    try {
      return fileSystem().exists(path);
    } catch (IOException e) {
      throw new StorageException("cannot look for " + path + ": " + e.getMessage(), e);
    }
  }

  /** Deletes a folder if it exists and nothing is in it. */
  void deleteIfEmpty(Path path) {
    try {
      if (fileSystem().exists(path) && fileSystem().listStatus(path).length == 0) {
        fileSystem().delete(path, false);
      }
    } catch (IOException e) {
      throw new StorageException("cannot delete " + path + ": " + e.getMessage(), e);
    }
  }

  /** Deletes a file, or a folder and all that is in it; nothing happens if there is none. */
  public void deleteTree(String relative) {
    try {
      fileSystem().delete(at(relative), true);
    } catch (IOException e) {
      throw new StorageException("cannot delete " + path(relative) + ": " + e.getMessage(), e);
    }
  }
}
