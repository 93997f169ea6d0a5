package io.dimat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.testing.RoundTrip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path temporary;

  private RunFolder folder() {
    return RunFolder.onDefaultStorage(temporary.resolve("a/b").toString());
  }

  @Test
  void create_newFile_makesFoldersAndNoChecksumFiles() {
    folder().create("x/y.txt", new byte[] {1, 2});

    assertThat(folder().read("x/y.txt"))
        .hasValueSatisfying(b -> assertThat(b).containsExactly(1, 2));
    assertThat(temporary.resolve("a/b/x").toFile().list()).containsExactly("y.txt");
  }

  @Test
  void create_existingFile_refusedAndKept() {
    folder().replaceText("f", "first");

    assertThatThrownBy(() -> folder().create("f", new byte[0]))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot write")
        .hasMessageContaining("check space and permissions");
    assertThat(folder().readText("f")).contains("first");
  }

  @Test
  void replaceText_shorterText_leavesNothingOfTheOld() {
    folder().replaceText("f", "a long text");
    folder().replaceText("f", "ü");

    assertThat(folder().readText("f")).contains("ü");
  }

  @Test
  void replace_content_isThereOnlyWhenItIsWhole() {
    folder().replace("f", out -> out.write(new byte[] {1, 2, 3}));
    assertThat(folder().names()).containsExactly("f");

    assertThatThrownBy(
            () ->
                folder()
                    .replace(
                        "f",
                        out -> {
                          out.write(9);
                          throw new IOException("disk full");
                        }))
        .isInstanceOf(StorageException.class)
        .hasMessage("cannot write %s: disk full; check space and permissions", file("f"));
    assertThat(folder().read("f")).hasValueSatisfying(b -> assertThat(b).containsExactly(1, 2, 3));

    folder().replace("f", out -> out.write(4));
    assertThat(folder().read("f")).hasValueSatisfying(b -> assertThat(b).containsExactly(4));
    assertThat(folder().names()).containsExactly("f");
  }

  private String file(String name) {
    return temporary.resolve("a/b").resolve(name).toString();
  }

  @Test
  void fileInTheWay_isTheNearestThatExistsIfItIsAFile() throws Exception {
    assertThat(folder().fileInTheWay()).isEmpty();
    Path file = Files.writeString(temporary.resolve("a"), "mine");
    assertThat(folder().fileInTheWay()).contains(file.toString());
  }

  @Test
  void names_missingFolder_isEmpty() {
    assertThat(folder().names()).isEmpty();
    assertThat(folder().readText("f")).isEmpty();
    folder().delete("f");
    folder().deleteTree("d");
  }

  @Test
  void deleteTree_folder_takesAllOfItAndNothingElse() {
    folder().replaceText("d/e/f", "x");
    folder().replaceText("g", "y");

    folder().deleteTree("d");

    assertThat(folder().names()).containsExactly("g");
  }

  @Test
  void serialized_inATask_hasTheSameSettings() {
    Configuration configuration = new Configuration();
    configuration.set("fs.defaultFS", temporary.toUri().toString());
    RunFolder there = RoundTrip.of(new RunFolder(temporary.resolve("t").toString(), configuration));

    there.replaceText("f", "written by a task");

    assertThat(temporary.resolve("t/f")).hasContent("written by a task");
  }

  @Test
  void deleteEmpty_foldersThatWereMissing_areTakenBack() throws Exception {
    NewFolders made = NewFolders.before(folder());
    Files.createDirectories(temporary.resolve("a/b"));

    made.deleteEmpty();

    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void deleteEmpty_foldersThatWereThereOrAreFull_stay() throws Exception {
    Files.createDirectories(temporary.resolve("a"));
    NewFolders empty = NewFolders.before(folder());
    Files.createDirectories(temporary.resolve("a/b"));
    empty.deleteEmpty();
    assertThat(temporary.resolve("a")).isEmptyDirectory();

    NewFolders full = NewFolders.before(folder());
    folder().replaceText("f", "x");
    full.deleteEmpty();
    assertThat(folder().readText("f")).contains("x");
  }
}
