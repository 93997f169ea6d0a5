package io.dimat.store;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without its checksum files, which would double every small file (ours
 * carry their own hashes), and without setting permissions: where Hadoop's native library is
 * missing that starts a process, chmod, for every new file. The process's umask decides instead.
 */
final class LocalFiles extends RawLocalFileSystem {
  private LocalFiles() {}

  static LocalFiles open(Configuration configuration) throws IOException {
    LocalFiles files = new LocalFiles();
    files.initialize(FsConstants.LOCAL_FS_URI, configuration);
    return files;
  }

  @Override
  public void setPermission(Path file, FsPermission permission) {
    // the umask has decided
  }
}
